"""Kinds of findings and decisions, as words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.domain.redaction.findings import PATTERN

if TYPE_CHECKING:
    from app.domain.redaction.findings import Place
    from app.domain.redaction.redaction import Decision


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 -- the name that lupdate looks for
    """Mark a text for translation; Qt's own of this name is typed as returning an object."""
    return text


_KINDS: Final = {
    "email": QT_TRANSLATE_NOOP("Redaction", "E-mail address"),
    "phone": QT_TRANSLATE_NOOP("Redaction", "Phone number"),
    "cn-id": QT_TRANSLATE_NOOP("Redaction", "Chinese id number"),
    "us-ssn": QT_TRANSLATE_NOOP("Redaction", "US social security number"),
    "card": QT_TRANSLATE_NOOP("Redaction", "Payment card"),
    "payment": QT_TRANSLATE_NOOP("Redaction", "Id of a payment method"),
    "iban": QT_TRANSLATE_NOOP("Redaction", "Bank account"),
    "ip": QT_TRANSLATE_NOOP("Redaction", "Internet address"),
    "key": QT_TRANSLATE_NOOP("Redaction", "Key or password"),
    "attachment": QT_TRANSLATE_NOOP("Redaction", "Attachment"),
    "name": QT_TRANSLATE_NOOP("Redaction", "Name"),
    "field": QT_TRANSLATE_NOOP("Redaction", "Field"),
}
_DECISIONS: Final[dict[Decision, str]] = {
    "undecided": QT_TRANSLATE_NOOP("Redaction", "not reviewed"),
    "redact": QT_TRANSLATE_NOOP("Redaction", "redact"),
    "keep": QT_TRANSLATE_NOOP("Redaction", "keep"),
}
_PLACES: Final = {
    "title": QT_TRANSLATE_NOOP("Redaction", "Title of the session"),
    "file name": QT_TRANSLATE_NOOP("Redaction", "Name of the file"),
    "branch name": QT_TRANSLATE_NOOP("Redaction", "Name of a branch"),
    "metadata": QT_TRANSLATE_NOOP("Redaction", "Metadata"),
}


def tr(text: str) -> str:
    return QCoreApplication.translate("Redaction", text)


def kind_word(kind: str) -> str:
    """What a finding is; own patterns by their label."""
    if kind.startswith(PATTERN):
        label = kind.removeprefix(PATTERN)
        return QCoreApplication.translate("Redaction", "Pattern {label}").format(label=label)
    return tr(_KINDS[kind])


def decision_word(decision: Decision) -> str:
    return tr(_DECISIONS[decision])


def place_words(place: Place, branch: str) -> str:
    """Where something stands, in a line; ``branch`` is the branch's name, where there is one."""
    if place.position is None:
        return tr(_PLACES[place.what]) if place.what in _PLACES else place.what
    position = f"{place.position:,}"
    if place.what == "note":
        said = QCoreApplication.translate("Redaction", "Entry {position} of the notebook")
    elif place.what == "metadata":
        said = QCoreApplication.translate("Redaction", "Metadata of event {position}")
    else:
        said = QCoreApplication.translate("Redaction", "Event {position}")
    return " · ".join(part for part in (said.format(position=position), branch, place.pointer) if part)
