"""Stores that were shipped once can be opened, read and verified for ever.

``samples/v1.branchline`` and ``v2.branchline`` were made by the first programs of these layouts; they are never made
again. ``test_upgrading.py`` tells more of how the older becomes the newer.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from fakes.making import message

from app.adapters.store.store import SqlEventStore

SAMPLES = Path(__file__).with_name("samples")
SAMPLE = SAMPLES / "v1.branchline"
ATTACHMENT = "blake2b-256:1ad7aae734c5800a35c0c3c518c752be6825dbab05cc57c3f6d36f48f102e6ea"


def test_a_store_of_version_1_opens_reads_and_verifies(opened, file: Path) -> None:
    shutil.copyfile(SAMPLE, file)
    store: SqlEventStore = opened()

    assert store.hash_at("s/main", 11) == "a5482157d784c556eac9f8847c91208cf3067d36987b84f59c6a3196bcb35d15"
    assert store.hash_at("b", 5) == "d34b4b1c948046c77c15e9635a75b6cb418c3bab85539c7e8993de75958921da"
    assert [event.data.get("text") for event in store.iterate("b")] == [f"text {i} é 😀" for i in range(1, 5)] + [
        "else"
    ]
    strange = store.read("s/main", 11, 11)[0]
    assert (strange.type, strange.version, strange.subject, strange.time) == ("strange.type", 3, "customer-1", None)
    assert strange.data == {"long": "x" * 3000, "n": 1.5, "none": None}
    assert store.branch("s/analyst").head == 1
    assert store.blob(ATTACHMENT) == (b"attachment " * 50, "text/plain")
    assert (store.verify().problems, store.verify().events) == ((), 13)


def test_a_store_of_version_1_can_be_continued(opened, file: Path) -> None:
    shutil.copyfile(SAMPLE, file)
    store: SqlEventStore = opened()

    assert store.append("s/main", [message(1, "text 1 é 😀")], expected=None).positions == (1,)
    assert store.append("b", [message(500, "more")], expected=5).head == 6
    assert store.verify().ok


def test_a_store_of_version_2_opens_reads_verifies_and_can_be_continued(opened, file: Path) -> None:
    shutil.copyfile(SAMPLES / "v2.branchline", file)
    store: SqlEventStore = opened()

    assert (store.verify().problems, store.verify().events) == ((), 182)
    assert store.hash_at("a/main", 110) == "072fbc57f6e680df54da555972b393bc6b85b45193b501ab835def9f4f0071bb"
    assert store.hash_at("fork2", 45) == "f65451797039146800d854a8fbd6f0f9aaeaa53d4829a0b14287c124ee509f87"
    assert [event.id for event in store.read("fork2", 43, 45)] == [
        "0189ABCD-0000-7000-8000-00000000000A",
        "sixteen-letters!",
        "plain",
    ]
    assert store.read("b/main", 7, 7)[0].data["text"].startswith("I would like to book table 55433 for 7 people")
    assert store.blob(ATTACHMENT) == (b"attachment " * 50, "text/plain")
    assert store.append("fork2", [message(500, "more")], expected=45).head == 46
    assert store.verify().ok
