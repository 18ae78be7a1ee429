"""Everything that the window offers is really written, and nothing of what was decided against is in it."""

from __future__ import annotations

import pytest
from fakes.making import new_event
from fakes.places import DATA

from app import bootstrap
from app.__main__ import main
from app.application.ports import no_progress
from app.domain.errors import BadInput, Cancelled
from app.outgoing_files import OutgoingFiles
from app.ui.exporting.form_words import form_purpose, form_title
from app.viewmodels.exporting import OutgoingChoice

MAIL = "jane.doe@example.org"


@pytest.fixture
def core(tmp_path):
    location = str(tmp_path / "a.branchline")
    assert main(["import", "--store", location, str(DATA / "star" / "465.json")]) == 0
    with bootstrap.core(location) as opened:
        session = opened.library.sessions()[0].header.id
        branch = opened.library.branch(session)
        said = {"message_id": "m", "role": "user", "text": f"Write to {MAIL}, please"}
        opened.store.append(branch.id, [new_event(1, "conversation.message-posted", said)], expected=None)
        opened.notebook.write_note(branch.id, 2, f"{MAIL} is theirs")
        yield opened


def choice(core, form, **more):
    session = core.library.sessions()[0].header.id
    return OutgoingChoice(form=form, session=session, branches=(core.library.branch(session).id,), **more)


def reviewed(core, chosen):
    review = core.redacting.review(chosen.scope())
    review.decide_all("redact")
    return review.redaction()


@pytest.mark.parametrize(
    "form", [one for one in OutgoingFiles.forms if "pairs" not in one.id and one.id != "modelfile"]
)
def test_every_form_is_written_without_what_was_redacted(core, form, tmp_path):
    chosen = choice(core, form, streams=("analyst", "derived") if form.has_streams else ())
    outgoing = OutgoingFiles(core)
    path = tmp_path / f"out{form.ending}"

    outgoing.losses(chosen, no_progress)
    written = outgoing.write(chosen, reviewed(core, chosen), path, no_progress)

    content = path.read_bytes()
    assert written.size == len(content) > 100
    assert MAIL.encode() not in content
    if form.id not in ("report-pdf", "share"):
        assert b"EMAIL-1" in content
    assert "profile standard" in written.redaction


def test_every_form_has_a_name_and_a_purpose():
    for form in OutgoingFiles.forms:
        assert form_title(form.id) != form.id
        assert form_purpose(form.id)


def test_a_branch_without_a_model_has_no_modelfile_and_says_so(core, tmp_path):
    form = next(one for one in OutgoingFiles.forms if one.id == "modelfile")
    chosen = choice(core, form)

    with pytest.raises(BadInput):
        OutgoingFiles(core).losses(chosen, no_progress)


def test_a_report_that_is_too_long_is_refused_before_anything_is_looked_through(core, monkeypatch):
    monkeypatch.setattr("app.application.reporting.MOST_EVENTS", 5)

    with pytest.raises(BadInput, match="choose a shorter range"):
        OutgoingFiles(core).losses(choice(core, OutgoingFiles.forms[0]), no_progress)


def test_it_can_be_stopped_and_leaves_nothing(core, tmp_path):
    def stop(done, total, what):
        raise Cancelled("stopped")

    for form in OutgoingFiles.forms[:3]:
        chosen = choice(core, form)
        redaction = reviewed(core, chosen)
        with pytest.raises(Cancelled):
            OutgoingFiles(core).write(chosen, redaction, tmp_path / "a", stop)

    assert not [one for one in tmp_path.iterdir() if one.name.startswith((".a", "a")) and "branchline" not in one.name]
