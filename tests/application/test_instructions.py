"""The library of instructions over a store."""

from __future__ import annotations

import pytest
from fakes.lab_scene import LabScene

from app.application.branch_labels import BranchLabels
from app.application.library import Library
from app.domain.errors import BadInput, NotFound
from app.domain.instructions import SESSION


def test_versions_are_kept_and_found_by_name() -> None:
    library = LabScene().lab.instructions

    assert library.all() == {}
    first = library.save("kind", "Be kind.", "to begin with")
    second = library.save(" kind ", "Be very kind.")

    assert (first.version, second.version) == (1, 2)
    assert library.version("kind") == second
    assert library.version("kind@1") == first
    assert library.use("kind@1").label == "kind@1"
    assert library.use("kind@1").text == "Be kind."


def test_the_newest_text_saved_again_is_no_new_version_but_an_older_one_is() -> None:
    library = LabScene().lab.instructions
    library.save("kind", "A")
    library.save("kind", "B")

    assert library.save("kind", "B").version == 2
    assert library.save("kind", "A").version == 3


def test_names_are_listed_in_alphabetical_order() -> None:
    library = LabScene().lab.instructions
    for name in ("Zeta", "alpha", "Beta"):
        library.save(name, "x y")

    assert list(library.all()) == ["alpha", "Beta", "Zeta"]


def test_what_is_not_there_is_told_with_what_there_is() -> None:
    library = LabScene().lab.instructions

    with pytest.raises(NotFound, match="none yet"):
        library.version("kind")
    library.save("kind", "A")
    with pytest.raises(NotFound, match="there are kind"):
        library.version("rude")
    with pytest.raises(NotFound, match="kind has 1 versions; there is no version 2"):
        library.version("kind@2")


def test_a_text_without_words_and_a_bad_name_are_refused() -> None:
    library = LabScene().lab.instructions

    with pytest.raises(BadInput, match="at least one word"):
        library.save("kind", " \n")
    with pytest.raises(BadInput, match="no '@'"):
        library.save("kind@2", "x")
    assert library.all() == {}


def test_somebody_who_saves_at_the_same_time_loses_nothing() -> None:
    scene = LabScene()
    library = scene.lab.instructions
    library.save("kind", "A")
    append, raced = scene.store.append, []

    def late(branch: str, events: object, *, expected: int | None) -> object:
        if not raced:
            raced.append(True)
            library.save("kind", "from elsewhere")
        return append(branch, events, expected=expected)  # type: ignore[arg-type]

    scene.store.append = late  # type: ignore[assignment,method-assign]

    assert library.save("kind", "B").version == 3
    assert [one.text for one in library.all()["kind"]] == ["A", "from elsewhere", "B"]


def test_the_library_is_a_session_of_its_own_that_lists_leave_out() -> None:
    scene = LabScene()
    scene.lab.instructions.save("kind", "A")
    sessions = Library(scene.store, scene.machine, BranchLabels(scene.store, scene.clock, scene.ids))

    assert [one.header.id for one in sessions.sessions()] == ["s"]
    assert sessions.session(SESSION).events == 1
    assert scene.store.verify().ok
