"""Where answers came from, in the words of every text of a comparison."""

from types import SimpleNamespace
from typing import Any

from app.domain.compare.telling import origins_text
from app.domain.transcript import Entry


def cell(origin: str, *, typed: bool = False, model: str | None = None) -> Any:
    entry = Entry(ord=1, kind="message", key="k", position=2, changed_at=2, time=None, role="assistant", model=model)
    turn = SimpleNamespace(outgoing=(SimpleNamespace(origin=origin, entry=entry),), is_typed=typed)
    return SimpleNamespace(turn=turn)


def test_an_answer_to_what_a_person_typed_is_not_told_like_one_to_the_customer() -> None:
    row: Any = SimpleNamespace(cells=(cell("recorded"), cell("continued", typed=True, model="tiny"), None))

    assert origins_text(row, (0,)) == "recorded"
    assert origins_text(row, (1,)) == "continued by tiny; customer typed here"
    assert origins_text(row, (2,)) == ""
