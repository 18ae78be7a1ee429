"""Shop customers: one event a line, what is owned equals the checkpoints, bad lines are named."""

import csv
import json
from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from fakes.places import DATA

SET = DATA / "online-retail"
CHECKPOINTS = [json.loads(line) for line in (SET / "checkpoints.jsonl").read_text(encoding="utf-8").splitlines()]
HEADER = "row,InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"


@pytest.fixture
def customers(read, stored):
    drafts, notes = read(SET / "events.csv")
    assert not notes.quarantined
    return {draft.header.external_id: stored(draft) for draft in drafts}


def from_lines(tmp_path, *lines, end="\n"):
    path = tmp_path / "shop.csv"
    path.write_bytes(end.join((HEADER, *lines, "")).encode())
    return path


@pytest.mark.parametrize("checkpoint", CHECKPOINTS, ids=lambda one: f"{one['CustomerID']}-{one['rows']}")
def test_bought_minus_returned_equals_the_checkpoint(customers, checkpoint):
    events = customers[str(checkpoint["CustomerID"])][: checkpoint["rows"]]
    net, spend = Counter(), Decimal(0)
    for event in events:
        sign = 1 if event.type == "behaviour.item-purchased" else -1
        assert event.data["quantity"] > 0
        net[event.data["item"]] += sign * event.data["quantity"]
        spend += sign * event.data["quantity"] * Decimal(str(event.data["price"]))

    assert events[-1].data["row"] == checkpoint["after_row"]
    assert {item: count for item, count in net.items() if count} == checkpoint["net"]
    assert spend == Decimal(checkpoint["spend"])


def test_a_customer_is_a_session_and_its_subject(read):
    for draft in read(SET / "events.csv")[0]:
        assert draft.header.subject == draft.header.external_id
        assert {event.subject for _, event in draft.events} == {draft.header.subject}


def test_every_event_carries_the_name_of_its_own_line(customers):
    with (SET / "events.csv").open(encoding="utf-8", newline="") as file:
        lines = {int(line["row"]): line for line in csv.DictReader(file)}
    names = defaultdict(set)
    for events in customers.values():
        for event in events:
            assert event.data["name"] == lines[event.data["row"]]["Description"].strip()
            names[event.subject, event.data["item"]].add(event.data["name"])

    assert sum(len(one) > 1 for one in names.values()) >= 3


def test_codes_that_are_no_goods_are_marked(customers):
    goods = {event.data["item"]: event.data["goods"] for one in customers.values() for event in one}

    assert goods["POST"] is False
    assert all(marked for code, marked in goods.items() if code[:5].isdigit())


def test_a_bad_line_is_named_and_the_rest_comes_in(tmp_path, read):
    good = "1,536389,22941,LIGHTS,6,2010-12-01 10:03:00,8.5,12431,Australia"
    path = from_lines(
        tmp_path,
        good,
        "2,536389,21622,CUSHION,many,2010-12-01 10:03:00,4.95,12431,Australia",
        "3,536389,21622,CUSHION",
        "4,536389,21622,CUSHION,NaN,2010-12-01 10:03:00,4.95,12431,Australia",
        "5,536389,21622,CUSHION,1,yesterday,4.95,12431,Australia",
        '6,536389,21622,"CUSHION,1,2010-12-01 10:03:00,4.95,12431,Australia',
        good,
        "8,536389,21622,CUSHION,8,2010-12-01 10:03:00,4.95,12431,Australia",
        "9,536389,21622,CUSHION,8,2010-12-01 10:03:00,4.95,,Australia",
    )

    (draft,), notes = read(path)

    assert [event.data["row"] for _, event in draft.events] == [1, 8]
    assert sorted(one.line for one in notes.quarantined) == [3, 4, 5, 6, 7, 8, 10]
    assert all(one.reason and "\n" not in one.reason for one in notes.quarantined)


def test_windows_ends_of_lines_and_a_byte_order_mark_change_nothing(tmp_path, read):
    line = "1,C536389,22941,LIGHTS,-6,2010-12-01 10:03:00,8.5,12431,Australia"
    plain = read(from_lines(tmp_path, line))[0]
    path = from_lines(tmp_path, line, end="\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert read(path)[0] == plain
    ((_, event),) = plain[0].events
    assert (event.type, event.data["quantity"]) == ("behaviour.item-returned", 6)


def test_the_original_table_without_row_numbers_is_read_too(tmp_path, read):
    path = tmp_path / "original.csv"
    path.write_text(
        "InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID;Country\n"
        "536365;85123A;HOLDER;6;12/1/2010 8:26;2.55;17850;United Kingdom\n",
        encoding="utf-8",
    )

    (draft,), notes = read(path)
    ((_, event),) = draft.events

    assert not notes.quarantined
    assert (event.data["row"], event.time) == (1, 1_291_191_960 * 1_000_000)
