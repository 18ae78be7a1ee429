"""Keeps the translations at what the source says: ``python packaging/i18n.py`` updates them, ``--check`` only looks.

Texts are read from the syntax trees of ``app/``: ``tr``, ``translate``, ``QT_TRANSLATE_NOOP``, ``plural`` (by the form
for many), and functions of a module that hand their text to ``translate``, which lupdate passes over. What is new comes
into the ``.ts`` as unfinished, what is gone leaves it, and the ``.qm`` that the program loads is compiled anew.
"""

from __future__ import annotations

import ast
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)
_CALLS = {"translate", "QT_TRANSLATE_NOOP"}


class Text(NamedTuple):
    """What is translated: the same words may read differently in another context."""

    context: str
    source: str


def texts_of(source: str) -> set[Text]:
    """The texts of one module."""
    tree = ast.parse(source)
    known = _named(tree.body)
    wrappers = {name: context for node in tree.body if (found := _wrapper(node, known)) for name, context in [found]}
    return {*_texts(tree, "", wrappers), *_plurals(tree)}


def source_texts() -> set[Text]:
    """The texts of the whole program."""
    return {text for path in (ROOT / "app").rglob("*.py") for text in texts_of(path.read_text(encoding="utf-8"))}


def _wrapper(node: ast.stmt, known: dict[str, list[str]]) -> tuple[str, str] | None:
    """``def _tr(text): return QCoreApplication.translate("Context", text)`` as (_tr, Context).

    The context may stand under a name of the module.
    """
    if not isinstance(node, ast.FunctionDef) or len(node.args.args) != 1:
        return None
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and _name(call) == "translate" and (contexts := _meant(call.args[0], known)):
            return (node.name, contexts[0]) if isinstance(call.args[1], ast.Name) else None
    return None


def _texts(node: ast.AST, inside: str, wrappers: dict[str, str]):
    inside = node.name if isinstance(node, ast.ClassDef) else inside
    if isinstance(node, ast.Call) and node.args:
        name, texts = _name(node), [one.value if isinstance(one, ast.Constant) else None for one in node.args]
        if name == "tr" and isinstance(texts[0], str):
            yield Text(inside, texts[0])
        elif name in wrappers and isinstance(texts[0], str):
            yield Text(wrappers[name], texts[0])
        elif name in _CALLS and len(texts) > 1 and isinstance(texts[0], str) and isinstance(texts[1], str):
            yield Text(texts[0], texts[1])
    for child in ast.iter_child_nodes(node):
        yield from _texts(child, inside, wrappers)


def _plurals(tree: ast.Module):
    """What stands for many in ``plural(context, one, many, count)``, given there or under a name just before."""
    module = _named(tree.body)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        known = {**module, **_named(ast.walk(function))}
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and _name(call) == "plural":
                contexts, _, manys = (_meant(one, known) for one in call.args[:3])
                yield from (Text(context, many) for context in contexts for many in manys)


def _named(nodes) -> dict[str, list[str]]:
    """The texts that names are given."""
    found: dict[str, list[str]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
            both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            pairs = zip(target.elts, value.elts, strict=False) if both else [(target, value)]
            for name, one in pairs:
                if isinstance(name, ast.Name) and isinstance(one, ast.Constant) and isinstance(one.value, str):
                    found.setdefault(name.id, []).append(one.value)
    return found


def _meant(node: ast.expr, known: dict[str, list[str]]) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value]
    return known.get(node.id, []) if isinstance(node, ast.Name) else []


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def read(language: str) -> dict[Text, str]:
    """The translations there are; empty for those that nobody wrote yet."""
    path = FOLDER / f"branchline_{language}.ts"
    found: dict[Text, str] = {}
    for context in ET.parse(path).getroot().iter("context") if path.exists() else ():
        for message in context.iter("message"):
            text = Text(context.findtext("name") or "", message.findtext("source") or "")
            found[text] = message.findtext("translation") or ""
    return found


def write(language: str, translations: dict[Text, str]) -> None:
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for text in sorted(translations):
        if text.context not in contexts:
            contexts[text.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[text.context], "name").text = text.context
        message = ET.SubElement(contexts[text.context], "message")
        ET.SubElement(message, "source").text = text.source
        translation = ET.SubElement(message, "translation")
        translation.text = translations[text]
        if not translations[text]:
            translation.set("type", "unfinished")
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode")
    path = FOLDER / f"branchline_{language}.ts"
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def fields(text: str) -> set[str]:
    """The names between braces, which a translation has to keep."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def faults(language: str) -> list[str]:
    """What is wrong with a language, a line each."""
    wanted, there = source_texts(), read(language)
    missing = [f"not translated: {text.context}: {text.source}" for text in sorted(wanted) if not there.get(text)]
    gone = [f"no longer in the source: {text.context}: {text.source}" for text in sorted(set(there) - wanted)]
    odd = [
        f"other fields: {text.context}: {text.source}"
        for text in sorted(wanted)
        if there.get(text) and fields(text.source) != fields(there[text])
    ]
    return [*missing, *gone, *odd]


def update(language: str) -> None:
    before = read(language)
    write(language, {text: before.get(text, "") for text in source_texts()})
    name = FOLDER / f"branchline_{language}"
    subprocess.run(["pyside6-lrelease", "-silent", f"{name}.ts", "-qm", f"{name}.qm"], check=True)


def main() -> int:
    if "--check" not in sys.argv:
        for language in LANGUAGES:
            update(language)
    found = [f"{language}: {fault}" for language in LANGUAGES for fault in faults(language)]
    print("\n".join(found) or "every text is translated")
    return 1 if found and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
