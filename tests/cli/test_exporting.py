"""``branchline export`` and ``share``, as scripts and people use them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes.places import DATA

from app import bootstrap
from app.__main__ import main
from app.adapters.files.exports import EXPORTS, SEVERAL_BRANCHES
from app.application.ports import no_progress
from app.cli import export_grammar
from app.domain.errors import StoreUnusable
from app.domain.withheld import WITHHELD

if TYPE_CHECKING:
    from collections.abc import Callable

Run = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def location(tmp_path: Path) -> str:
    return str(tmp_path / "a.branchline")


@pytest.fixture
def run(location: str, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Commands on a real dialogue with a branch that leaves it at 10, and a note."""
    assert main(["import", "--store", location, str(DATA / "star" / "465.json")]) == 0
    with bootstrap.core(location) as core:
        session = core.library.sessions()[0].header.id

    def ran(*words: str) -> tuple[int, str, str]:
        code = main([words[0], "--store", location, session, *words[1:]])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    ran("branch", "--at", "10", "--name", "kinder")
    ran("note", "--at", "3", "mail jane.roe@example.org")
    return ran


def shared(file: Path) -> Any:
    return bootstrap.shared(file, no_progress)


def test_what_the_grammar_offers_is_what_there_is() -> None:
    assert set(export_grammar.EXPORTS) == set(EXPORTS)
    assert set(export_grammar.SEVERAL) == SEVERAL_BRANCHES


@pytest.mark.parametrize("form", ["native", "markdown", "openai", "chatgpt", "otlp", "csv"])
def test_every_format_is_written_whole_or_not_at_all_and_tells_its_losses(form: str, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "out"

    code, out, err = run("export", "--format", form, "-o", str(file), "--json")
    report = json.loads(out)

    assert (code, err) == (0, "")
    assert (report["format"], report["bytes"], report["redaction"]) == (form, file.stat().st_size, None)
    assert bool(report["losses"]) == (form != "native")
    assert all(one["count"] > 0 for one in report["losses"])
    before = file.read_bytes()
    assert run("export", "--format", form, "-o", str(file))[2].endswith("is there already; it was not touched\n")
    assert file.read_bytes() == before
    assert run("export", "--format", form, "-o", str(file), "--overwrite")[0] == 0
    assert run("export", "--format", form)[1].encode() == file.read_bytes()
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_losses_are_those_of_the_session_at_hand(run: Any) -> None:
    told = run("export", "--format", "openai", "--to", "5")[2]

    assert "not written: other branches: 1\n" in told
    assert "not written: events of the analyst stream (notes, markers, findings): " in told
    assert "not written: behaviour.item-clicked events: 1\n" in told
    assert "behaviour" not in run("export", "--format", "openai", "--to", "2")[2]


def test_a_range_and_branches_are_chosen(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "--format", "csv", "--branches", "kinder", "--to", "10")[1])))
    part = run("export", "--format", "native", "--from", "8", "--to", "9")[1]

    assert {row["branch"] for row in rows} == {"main", "analyst"}
    assert max(int(row["position"]) for row in rows) == 10
    assert part.count(WITHHELD) >= 2
    assert json.loads(part.splitlines()[0])["data"]["hashes"] == "own"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export", "--format", "openai", "--branches", "main"), "holds one branch, which --branch names"),
        (("export", "--format", "csv", "--at", "3", "--to", "3"), "say the same"),
        (("export", "--format", "csv", "--json"), "give --output too"),
        (("export", "--format", "csv", "--branches", "analyst"), "names branches; side streams"),
        (("export", "--format", "csv", "--branches", "nowhere"), "has no branch 'nowhere'"),
        (("export", "--format", "csv", "--from", "9", "--to", "3"), "begins at 9 and ends at 3"),
        (("export", "--format", "csv", "--to", "9999"), "there is no position 9999"),
        (("export", "--format", "modelfile", "--from", "4"), "--from belongs to the others"),
        (("export", "--format", "pairs", "--from", "4"), "--from belongs to the others"),
        (("share", "-o", "x", "--at", "9", "--to", "5"), "there is no position 9 in what is shared of main"),
        (("share", "-o", "x", "--at", "2", "--from", "5"), "there is no position 2 in what is shared of main"),
        (("share", "-o", "x", "--by", "x" * 300), "at most 200 characters"),
        (("export", "--format", "csv", "--redact", "no-such-file"), "cannot be read"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(words: tuple[str, ...], sentence: str, run: Any) -> None:
    code, out, err = run(*words)

    assert (code, out) == (1, "")
    assert sentence in err
    assert not Path("x").exists()


def test_a_store_is_never_replaced(run: Any, location: str) -> None:
    before = Path(location).read_bytes()

    for words in (("export", "--format", "csv"), ("share",)):
        code, _, err = run(*words, "-o", location, "--overwrite")
        assert (code, err) == (1, f"branchline: {location} is a store; it was not touched\n")
    assert Path(location).read_bytes() == before


def test_a_redacted_export_says_what_was_replaced(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "out"

    code, out, err = run("export", "--format", "csv", "-o", str(file), "--redact", "standard", "--json")

    assert (code, err) == (0, "")
    assert b"jane.roe" not in file.read_bytes()
    assert b"[EMAIL-1]" in file.read_bytes()
    assert json.loads(out)["redaction"]["redacted"]["email"] == file.read_bytes().count(b"[EMAIL-1]")


@pytest.mark.parametrize("form", ["native", "markdown", "chatgpt", "otlp", "csv", "openai"])
def test_what_is_counted_as_redacted_is_what_stands_in_the_file(form: str, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "out"
    for word in ("", " or joe@example.org", " or joe@example.org and jane.roe@example.org"):
        run("note", "--at", "3", f"mail jane.roe@example.org{word}")

    out = run("export", "--format", form, "-o", str(file), "--redact", "standard", "--json")[1]

    text = file.read_text().replace("\\[", "[").replace("\\]", "]")
    assert json.loads(out)["redaction"]["redacted"].get("email", 0) == text.count("[EMAIL-")
    if form == "native":
        assert text.count("[EMAIL-1]") == 5  # four notes, and one of them says it twice
    assert "neither recognised" in run("export", "--format", "csv", "--redact", "standard")[2]


def test_a_share_file_opens_beside_the_store_at_its_moment(run: Any, tmp_path: Path, location: str) -> None:
    file = tmp_path / "for-ann.branchline"
    words = ("--at", "7", "--field", "/conversation/slots", "--by", "Bob", "--note", "see here")

    told = json.loads(run("share", "-o", str(file), *words, "--json")[1])

    assert (told["hashes"], told["open"]["position"], told["branches"]) == ("own", 7, ["main", "analyst"])
    with bootstrap.core(location) as core, shared(file) as found:
        assert (found.share.by, found.share.position, found.share.field) == ("Bob", 7, "/conversation/slots")
        theirs, mine = found.core, core.store
        main_id = f"{found.session}/main"
        assert list(theirs.store.iterate(main_id)) == list(mine.iterate(main_id))
        assert theirs.library.state(found.session, theirs.store.branch(main_id), 7) == core.library.state(
            found.session, core.store.branch(main_id), 7
        )
        assert [one.text for one in theirs.notebook.entries(found.session)] == ["mail jane.roe@example.org"]
        with pytest.raises(StoreUnusable, match="this is a shared session, open for reading only: import it"):
            theirs.notebook.write_note(main_id, 3, "mine")
        folder = found.folder
    assert not folder.exists()


def test_a_share_goes_into_ones_own_store_by_import_too(run: Any, tmp_path: Path) -> None:
    file, other = tmp_path / "part.branchline", str(tmp_path / "other.branchline")
    run("share", "-o", str(file), "--branches", "all", "--from", "6", "--redact", "standard")

    assert main(["import", "--store", other, str(file)]) == 0

    with bootstrap.core(other) as core:
        (session,) = core.library.sessions()
        assert session.branches == 2
        assert core.store.verify().ok


def test_without_a_screen_open_says_what_the_file_is(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, bad = tmp_path / "share.branchline", tmp_path / "bad.branchline"
    assert run("share", "-o", str(file), "--by", "Bob")[0] == 0
    bad.write_bytes(b"not this")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    assert main(["open", str(file)]) == 1
    assert "shared by Bob on 20" in capsys.readouterr().err
    assert main([str(file)]) == 1
    assert "shared by Bob on 20" in capsys.readouterr().err
    assert main(["open", str(tmp_path / "a.branchline")]) == 1
    assert "is a store, not a share file: open it with --store" in capsys.readouterr().err
    assert main(["open", str(bad)]) == 1
    assert capsys.readouterr().err == "branchline: bad.branchline cannot be opened: it is no share file\n"


def test_what_a_stranger_calls_themselves_cannot_steer_the_terminal(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "from-eve.branchline"
    run("share", "-o", str(file), "--by", "Eve \u202eadmin\u2066\x1b[2J", "--without", "analyst")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")

    code, err = main(["open", str(file)]), capsys.readouterr().err

    assert code == 1
    assert "shared by Eve \\u202eadmin\\u2066\\x1b[2J on" in err.splitlines()[0]
    assert err.replace("\n", "").isprintable()
