"""Preference pairs are fair: two answers to the very same conversation; chats can be read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fakes.branched import Branched
from fakes.places import DATA

from app import bootstrap
from app.adapters.files.export_pairs import export_openai, export_openai_pairs, export_pairs
from app.application.outgoing.losses import Losses
from app.domain.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@pytest.fixture
def session() -> Branched:
    """``good`` and others fork after the question and answer it each in their way."""
    made = Branched("Hello", "Hi", "A table for two?")
    for name in ("good", "bad", "same", "worse"):
        made.fork(name, 3)
    made.answer("good", "Gladly!")
    made.answer("bad", "No.")
    made.answer("same", "Gladly!")
    made.answer("worse", "No.")
    made.say("good", "Thanks", "Bye")
    made.say("bad", "Why?", "Because.")
    return made


def lines(pieces: Iterable[str]) -> list[Any]:
    text = "".join(pieces)
    assert text.count("\n") == len(text.splitlines())
    return [json.loads(line) for line in text.splitlines()]


def preferences(session: Branched, branch: str, *against: str) -> Any:
    return session.winners.preferences(branch, session.store.branch(branch).head, against)


def test_an_answer_is_preferred_to_another_to_the_same_words(session: Branched) -> None:
    told = lines(export_pairs(preferences(session, "good", "bad", "same", "worse", session.main)))

    assert told == [
        {
            "prompt": [
                {"role": "user", "content": "Hello"},
                {"role": "assistant", "content": "Hi"},
                {"role": "user", "content": "A table for two?"},
            ],
            "chosen": [{"role": "assistant", "content": "Gladly!"}],
            "rejected": [{"role": "assistant", "content": "No."}],
            "metadata": {
                "chosen_branch": "good",
                "rejected_branch": "bad",
                "chosen_position": 5,
                "rejected_position": 5,
                "same_instructions": True,
            },
        }
    ]


def test_openai_writes_the_same_pair_in_its_own_words(session: Branched) -> None:
    (told,) = lines(export_openai_pairs(preferences(session, "good", "bad")))

    assert set(told) == {"input", "preferred_output", "non_preferred_output"}
    assert told["input"]["messages"][-1] == {"role": "user", "content": "A table for two?"}
    assert told["preferred_output"] == [{"role": "assistant", "content": "Gladly!"}]
    assert told["non_preferred_output"] == [{"role": "assistant", "content": "No."}]


def test_where_the_customer_was_first_to_say_something_else_there_is_no_pair(session: Branched) -> None:
    other = session.fork("other", 2)
    session.say(other, "A table for three?", "Gladly!")

    assert preferences(session, "good", other) == ()


def test_other_instructions_are_told(session: Branched) -> None:
    brief = session.fork("brief", 3)
    session.add(brief, "conversation.instructions-changed", text="Be brief")
    session.answer(brief, "OK")

    (told,) = lines(export_pairs(preferences(session, brief, "bad")))

    assert told["prompt"][0] == {"role": "system", "content": "Be brief"}
    assert told["metadata"]["same_instructions"] is False


def test_what_both_did_before_they_part_belongs_to_the_prompt(session: Branched) -> None:
    for name, text in (("a", "Yes, at 8"), ("b", "Maybe")):
        session.fork(name, 3)
        session.add(name, "conversation.tool-called", call_id=f"c{name}", name="find", arguments={"n": 2})
        session.add(name, "conversation.tool-returned", call_id=f"c{name}", result=[8])
        session.answer(name, text)

    (told,) = lines(export_pairs(preferences(session, "a", "b")))

    assert [message["role"] for message in told["prompt"]] == ["user", "assistant", "user", "assistant", "tool"]
    assert told["prompt"][3]["tool_calls"][0]["function"] == {"name": "find", "arguments": '{"n":2}'}
    assert told["prompt"][4]["content"] == "[8]"
    assert told["chosen"] == [{"role": "assistant", "content": "Yes, at 8"}]


def test_branches_folded_away_are_not_held_against_the_winner(session: Branched) -> None:
    session.labels.archive(["worse"])

    assert set(session.winners.others("good")) == {session.main, "bad", "same"}


def test_the_search_for_pairs_can_be_stopped(session: Branched) -> None:
    def progress(done: int, total: int | None, what: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        session.winners.preferences("good", 4, ["bad"], progress)


def test_a_chat_can_be_brought_back(tmp_path: Path) -> None:
    with bootstrap.core(str(tmp_path / "a.branchline"), create=True) as core:
        core.importing.run([DATA / "openai-messages" / "toy_chat.jsonl"])
        for one in core.library.sessions():
            main = core.library.branch(one.header.id)
            (told,) = lines(export_openai(core.winners.winner(main.id, main.head), 1, Losses()))
            again = tmp_path / f"{one.header.id}.jsonl"
            again.write_text(json.dumps(told), encoding="utf-8")
            with bootstrap.core(str(tmp_path / f"{one.header.id}.branchline"), create=True) as other:
                assert not other.importing.run([again]).quarantined
                (copy,) = other.library.sessions()
                back = other.library.branch(copy.header.id)
                before, after = (
                    [(entry.role, entry.text, entry.name, entry.arguments, entry.result) for entry in one.entries]
                    for one in (core.winners.winner(main.id, main.head), other.winners.winner(back.id, back.head))
                )
                assert before == after
