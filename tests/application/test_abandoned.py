"""A run whose program ended gets an end; what is not certain is left alone."""

from __future__ import annotations

from fakes.continuing_scene import DONE, Scene
from fakes.making import message
from fakes.sequential_ids import SequentialIds

from app.application.abandoned import settle_abandoned
from app.application.ports import TextArrived
from app.domain.errors import StoreUnusable


class Marks:
    """Marks that a test sets."""

    def __init__(self, *abandoned: tuple[str, str]) -> None:
        self.left = list(abandoned)

    def begin(self, request: str, branch: str) -> None: ...

    def end(self, request: str) -> None:
        self.left = [one for one in self.left if one[0] != request]

    def abandoned(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.left)


def cut_short() -> tuple[Scene, str]:
    """A branch with a request that has no end, and the request's id."""
    scene = Scene(TextArrived("x"), DONE)
    scene.run(say="?")
    request = scene.recorded()[1]
    data = {"message_id": "late", "role": "user", "text": "later"}
    scene.store.fork(scene.branch, request.position, branch_id="cut", name="cut")
    scene.store.append("cut", [message(70, str(data["text"]))], expected=request.position)
    return scene, request.id


def settle(scene: Scene, marks: Marks) -> int:
    return settle_abandoned(scene.store, scene.machine, marks, scene.clock, SequentialIds("end"))


def test_an_open_run_is_ended_by_the_reason() -> None:
    scene, request = cut_short()
    marks = Marks((request, "cut"))

    assert settle(scene, marks) == 1

    *_, last = scene.store.read("cut", 1, 99)
    assert (last.type, last.data["reason"], last.data["request_id"], last.causation_id, last.subject) == (
        "generation.failed", "the program ended", request, request, "customer 7",
    )  # fmt: skip
    assert scene.machine.bounded("cut", last.position).generation.open_runs == {}
    assert marks.left == []
    assert settle(scene, Marks((request, "cut"))) == 0


def test_a_run_that_has_its_end_and_one_that_never_began_are_forgotten() -> None:
    scene, request = cut_short()
    head = scene.store.branch(scene.branch).head
    marks = Marks((request, scene.branch), ("never", scene.branch), ("lost", "no-branch"))

    assert settle(scene, marks) == 0
    assert marks.left == []
    assert scene.store.branch(scene.branch).head == head


def test_a_store_that_cannot_be_written_keeps_the_mark() -> None:
    scene, request = cut_short()
    marks = Marks((request, "cut"))

    def refuse(*_: object, **__: object) -> None:
        raise StoreUnusable("locked")

    scene.store.append = refuse  # type: ignore[method-assign, assignment]

    assert settle(scene, marks) == 0
    assert marks.left == [(request, "cut")]
