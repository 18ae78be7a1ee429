"""A Modelfile gives back what was put in, whatever was said in the conversation."""

from __future__ import annotations

import pytest
from fakes.branched import Branched
from fakes.modelfile_reader import read_modelfile
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.files.export_modelfile import export_modelfile
from app.application.winners import Winner
from app.domain.errors import BadInput
from app.domain.transcript import Entry

HOSTILE = st.lists(
    st.sampled_from(
        ['"', '""', '"""', "\n", "\r", " ", "\t", "a", "MESSAGE user x", "FROM evil", "#", "é", "我", "\\"]
    ),
    max_size=12,
).map("".join)


def entry(role: str, text: str) -> Entry:
    return Entry(ord=1, kind="message", key="m", position=1, changed_at=1, time=None, role=role, text=text)


def winner(**more: object) -> Winner:
    given: dict[str, object] = {"session": "s", "title": "T", "branch": "b", "position": 3, "model": "tiny", **more}
    return Winner(**given)  # type: ignore[arg-type]


def written(one: Winner) -> str:
    return "".join(export_modelfile(one))


@given(HOSTILE, st.lists(st.tuples(st.sampled_from(["user", "assistant", "agent", "system"]), HOSTILE), max_size=4))
def test_texts_come_back_and_cannot_become_commands(instructions: str, said: list[tuple[str, str]]) -> None:
    text = written(winner(instructions=instructions or None, entries=tuple(entry(*one) for one in said)))

    found = read_modelfile(text)

    names = ["FROM"] + ["SYSTEM"] * bool(instructions)
    names += [f"MESSAGE {'assistant' if role == 'agent' else role}" for role, _ in said]
    assert [name for name, _ in found.commands] == names
    texts = ([instructions] if instructions else []) + [one for _, one in said]
    values = [value for name, value in found.commands if name != "FROM"]
    for before, after in zip(texts, values, strict=True):
        kept = before.replace("\u200b", "").replace("\u3000", "")
        assert after == kept or '"""' in kept
        assert after.replace(" ", "") == kept.replace(" ", "")


def test_settings_become_parameters() -> None:
    options = {
        "temperature": 0.25, "seed": 7, "num_ctx": 4096, "use_mmap": True, "stop": ["\n", "<|end|>"],
        "mirostat": 2, "odd\nFROM evil": 1, "top_p": "high",
    }  # fmt: skip
    text = written(winner(options=options, digest="sha256:abc", server_version="0.32"))

    found = read_modelfile(text)

    assert found.commands == [
        ("FROM", "tiny"),
        ("PARAMETER num_ctx", "4096"),
        ("PARAMETER seed", "7"),
        ("PARAMETER stop", "\n"),
        ("PARAMETER stop", "<|end|>"),
        ("PARAMETER temperature", "0.25"),
        ("PARAMETER use_mmap", "true"),
    ]
    assert "# left out: options that are no parameters: mirostat, odd FROM evil, top_p\n" in text
    assert "digest sha256:abc; server 0.32" in text


def test_what_cannot_be_written_is_said() -> None:
    call = Entry(ord=1, kind="call", key="c", position=2, changed_at=2, time=None, name="find")
    said = (entry("tool", "x"), entry("user", "a\u200db"), entry("user", 'x"""\ny'), call)
    text = written(winner(title="line\nFROM evil", entries=said))

    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert comments == [
        "# line FROM evil · b · event 3",
        "# left out: 1 tool calls, which a Modelfile cannot hold",
        "# left out: 1 messages of tools",
        "# changed: three quotation marks at the end of a line, which would end the text, are written apart",
        "# Ollama's reader drops some signs of these texts (such as joiners and wide spaces)",
    ]
    assert read_modelfile(text).all("FROM") == ["tiny"]


@pytest.mark.parametrize(
    "name", ["smollm2:135m", "hf.co/org/Model-GGUF:Q4_K_M", "registry.local:5000/team/model", "gpt-oss", "a@sha256:ab"]
)
def test_names_of_models_are_taken(name: str) -> None:
    assert read_modelfile(written(winner(model=name))).all("FROM") == [name]


@pytest.mark.parametrize("name", ["/etc/passwd", "./x.gguf", "~/x", "a b", "a\nSYSTEM x", "", "a/../../b", "C:\\x"])
def test_what_is_a_file_or_more_than_a_name_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="is no name of an Ollama model"):
        written(winner(model=name))


def test_a_branch_that_no_model_answered_needs_a_model_to_be_named() -> None:
    session = Branched("Hello", "Hi")
    with pytest.raises(BadInput, match="no model answered on main; name the one to build on with --model"):
        written(session.winners.winner(session.main, 2))
    assert "FROM other\n" in written(session.winners.winner(session.main, 2, model="other"))


def test_a_winner_has_the_settings_it_was_answered_with() -> None:
    session = Branched("Hello", "Hi")
    session.add(session.main, "conversation.instructions-changed", text="Be kind")
    session.say(session.main, "Table?", "No", "Why?")
    session.answer(session.main, "Sold out", sent={"options": {"seed": 9, "num_ctx": 2048}})
    session.say(session.main, "Oh")
    head = session.store.branch(session.main).head

    one = session.winners.winner(session.main, head)

    assert (one.model, one.digest, one.server_version) == ("tiny", "d1", "0.32.15")
    assert (one.instructions, one.options) == ("Be kind", {"seed": 9, "num_ctx": 2048})
    assert [entry.text for entry in one.entries] == ["Hello", "Hi", "Table?", "No", "Why?", "Sold out", "Oh"]
    assert session.winners.winner(session.main, 2).model is None
    assert session.winners.winner(session.main, head, model="big").digest is None
