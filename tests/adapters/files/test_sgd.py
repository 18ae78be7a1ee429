"""SGD dialogues become events that rebuild the data set's own annotation."""

import json

import pytest
from fakes.places import DATA

from app.domain.fold.fold import fold_all

PATH = DATA / "sgd" / "dialogues.json"
DIALOGUES = {one["dialogue_id"]: one for one in json.loads(PATH.read_text(encoding="utf-8"))}


@pytest.fixture
def events(read, stored):
    drafts, notes = read(PATH)
    assert not notes.quarantined
    return {draft.header.external_id: stored(draft) for draft in drafts}


def of_type(events, kind):
    return [event for event in events if event.type == kind]


def test_every_dialogue_comes_in_once(events):
    assert set(events) == set(DIALOGUES)


@pytest.mark.parametrize("dialogue_id", DIALOGUES)
def test_deltas_rebuild_the_annotation_at_every_user_turn(events, dialogue_id):
    expected = {}
    for number, turn in enumerate(DIALOGUES[dialogue_id]["turns"]):
        for frame in turn["frames"]:
            if turn["speaker"] == "USER":
                expected[frame["service"]] = frame["state"]
        so_far = [event for event in events[dialogue_id] if event.data["turn"] <= number]

        state = fold_all(so_far)

        assert "problems" not in state.lists
        conversation = state.bounded.conversation.to_json()
        assert conversation["slots"] == {service: one["slot_values"] for service, one in expected.items()}
        assert conversation["intents"] == {service: one["active_intent"] for service, one in expected.items()}
        assert conversation["requested"] == {service: one["requested_slots"] for service, one in expected.items()}


def test_slots_are_told_as_deltas_and_one_is_taken_back(events):
    changes = [event.data for one in events.values() for event in of_type(one, "conversation.slots-changed")]
    seen = {}
    for dialogue_id, one in events.items():
        for event in of_type(one, "conversation.slots-changed"):
            known = seen.setdefault((dialogue_id, event.data["service"]), {})
            assert all(known.get(slot) != values for slot, values in event.data["set"].items())
            assert all(slot in known for slot in event.data["unset"])
            for slot in event.data["unset"]:
                del known[slot]
            known.update(event.data["set"])

    assert any(change["unset"] for change in changes)


def test_events_of_a_turn_stand_before_the_next_turns_message(events):
    for one in events.values():
        turns = [event.data["turn"] for event in one]
        assert turns == sorted(turns)
        messages = of_type(one, "conversation.message-posted")
        assert [message.data["turn"] for message in messages] == list(range(len(messages)))


def test_every_offer_is_a_list_of_rows_of_the_last_result(events):
    for dialogue_id, one in events.items():
        offers = [
            (number, frame)
            for number, turn in enumerate(DIALOGUES[dialogue_id]["turns"])
            for frame in turn["frames"]
            if any(action["act"] == "OFFER" for action in frame["actions"])
        ]
        shown = of_type(one, "recommendation.items-shown")
        assert [event.data["turn"] for event in shown] == [number for number, _ in offers]
        for event, (_, frame) in zip(shown, offers, strict=True):
            offered = {item["item"] for item in event.data["items"]}
            candidates = [candidate["item"] for candidate in event.data["candidates"]]
            assert [item["rank"] for item in event.data["items"]] == list(range(1, len(offered) + 1))
            if dialogue_id != "116_00058":
                assert offered <= set(candidates)
            if "service_results" in frame:
                assert len(candidates) == len(frame["service_results"])


def test_an_offer_that_is_in_no_result_is_kept_as_it_was_spoken(events):
    named = [
        event.data["items"][0]["name"]
        for event in of_type(events["116_00058"], "recommendation.items-shown")
        if event.data["items"][0]["item"] not in {one["item"] for one in event.data["candidates"]}
    ]

    assert named == ["Taverna Bistro"]


def test_tags_are_the_values_of_a_row_in_lower_case(events):
    items = [one for event in of_type(events["106_00029"], "recommendation.items-shown") for one in event.data["items"]]
    film = next(one for one in items if one["name"].startswith("Hellboy"))

    assert film["categories"] == ["Movies"]
    assert "movie_name=hellboy" in film["tags"]
    assert not any(tag.startswith(("street_address", "phone")) for tag in film["tags"])


def test_choosing_points_at_the_list_and_buying_at_the_call(events):
    one = events["44_00025"]
    by_id = {event.id: event for event in one}
    clicks, bought = of_type(one, "behaviour.item-clicked"), of_type(one, "behaviour.item-purchased")

    assert clicks
    for click in clicks:
        assert by_id[click.causation_id].type == "recommendation.items-shown"
    assert [event.data["quantity"] for event in bought] == [1, 1]
    assert {event.data["categories"][0] for event in bought} == {"Buses", "Events"}
    assert all(by_id[event.causation_id].type == "conversation.tool-returned" for event in bought)


def test_a_failed_booking_and_a_song_played_buy_nothing(events):
    failed = [event for event in of_type(events["92_00000"], "conversation.tool-returned") if event.data["error"]]

    assert len(failed) == 1
    assert not of_type(events["92_00000"], "behaviour.item-purchased")
    assert not of_type(events["64_00078"], "behaviour.item-purchased")


def test_rows_of_one_name_are_different_items(events):
    shown = of_type(events["57_00054"], "recommendation.items-shown")
    for event in shown:
        ids = [candidate["item"] for candidate in event.data["candidates"]]
        assert len(ids) == len(set(ids))


def test_reading_twice_gives_the_same(read):
    assert read(PATH)[0] == read(PATH)[0]


def test_what_is_left_out_is_said(read):
    _, notes = read(PATH)

    assert any("character spans" in one for one in notes.not_captured)


def test_a_damaged_dialogue_is_named_and_the_others_come_in(tmp_path, read):
    lines = PATH.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace('"speaker":"USER"', '"speaker":"NOBODY"', 1)
    lines[5] = lines[5].replace('"dialogue_id":', '"dialogue_id" ', 1)
    lines[7] = lines[2]
    path = tmp_path / "damaged.json"
    path.write_text("\n".join(lines), encoding="utf-8")

    drafts, notes = read(path)

    assert len(drafts) == len(DIALOGUES) - 3
    assert [one.line for one in notes.quarantined] == [4, 6, 8]
    unknown, malformed, repeated = (one.reason for one in notes.quarantined)
    assert unknown.startswith("entry 3 of the list: Invalid enum value 'NOBODY'")
    assert malformed.startswith("entry 5 of the list: the JSON is malformed")
    assert repeated == "40_00052 occurs a second time; the one on line 3 was taken"
