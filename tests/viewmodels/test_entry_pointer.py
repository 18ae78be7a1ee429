"""Entries of the transcript and their places in the state, held against the state itself."""

from fakes.places import DATA

from app import bootstrap
from app.application.ports import no_progress
from app.domain.pointers import at, steps_of
from app.domain.transcript import Entry
from app.viewmodels.entry_pointer import entry_pointer
from app.viewmodels.timeline_data import TimelineData


def entry(kind: str, position: int) -> Entry:
    return Entry(ord=1, kind=kind, key="k", position=position, changed_at=position, time=None)  # type: ignore[arg-type]


def test_every_message_of_real_dialogues_is_found_in_the_state(tmp_path: object) -> None:
    with bootstrap.core(f"{tmp_path}/s.branchline", create=True) as core:
        core.importing.run([DATA / "sgd"])
        for session in core.library.sessions()[:3]:
            branch = core.library.branch(session.header.id)
            core.time_machine.prepare(branch.id, no_progress)
            posted = TimelineData.of(core.time_machine.columns(branch.id)).turns
            refused = core.time_machine.problems(branch.id)
            state = core.time_machine.state(branch.id, branch.head)
            for one in core.time_machine.entries(branch.id, 1, 100, branch.head):
                found = at(state, steps_of(entry_pointer(one, posted, refused)))
                if one.kind == "message":
                    assert (found["id"], found["text"]) == (one.key, one.text)


def test_a_message_that_could_not_be_applied_takes_no_place() -> None:
    assert entry_pointer(entry("message", 9), [2, 5, 7, 9], [3, 5]) == "/conversation/messages/2"


def test_a_call_has_no_place_and_a_list_is_the_one_shown() -> None:
    assert entry_pointer(entry("call", 9), [2], []) == ""
    assert entry_pointer(entry("shown", 9), [2], []) == "/recommendation/shown"
