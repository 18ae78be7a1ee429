"""How often pseudonyms stand in what is written, in whatever form it is."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.redaction.profile import STANDARD
from app.domain.redaction.redaction import Pseudonymising
from app.domain.redaction.tally import Tally


@dataclass(frozen=True)
class Told:
    text: str
    rows: tuple[dict[str, str], ...]


def test_pseudonyms_are_counted_in_texts_values_and_markdown() -> None:
    tally = Tally()

    pieces = list(tally.over(["[EMAIL-1] and \\[EMAIL-1\\]", "[PHONE-12]; [email-1] [1]"]))
    tally.add_value(Told("[EMAIL-1]", ({"[PHONE-12]": "x"}, {"a": "[PHONE-1]"})))

    assert pieces[1] == "[PHONE-12]; [email-1] [1]"
    assert [tally.count(one) for one in ("[EMAIL-1]", "[PHONE-12]", "[PHONE-1]", "[IP-1]")] == [3, 2, 1, 0]


def test_what_is_read_twice_and_written_once_is_one_place() -> None:
    redaction, tally = Pseudonymising(STANDARD), Tally()
    for _ in range(3):
        said = redaction.text("jane@example.com and joe@example.com", "event")
    tally.add(said.partition(" and ")[0])

    report = redaction.report(tally)

    assert (report.redacted, report.pseudonyms) == ({"email": 1}, 1)
    assert report.sentence.startswith(
        "1 place redacted with the profile standard (email 1), 1 pseudonym; 0 things kept"
    )
    assert redaction.report(Tally()).sentence.startswith("0 places redacted with the profile standard; 0 things kept")
