"""Pictures are kept once, and what was sent comes back byte for byte."""

from __future__ import annotations

import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from app.domain.sent_body import abridged, restored

contents = st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=4)


def coded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def address(content: bytes) -> str:
    return f"blake2b-256:{content.hex()}"


@given(contents, st.data())
def test_what_was_sent_comes_back_byte_for_byte(pictures: list[bytes], data: st.DataObject) -> None:
    texts = st.one_of(st.text(), st.sampled_from([coded(one) for one in pictures] + [address(one) for one in pictures]))
    messages = [{"content": data.draw(texts), "images": [coded(one) for one in pictures]} for _ in range(2)]
    body = json.dumps({"messages": messages}, ensure_ascii=False, separators=(",", ":"))

    kept, attachments = abridged(body, {coded(one): address(one) for one in pictures})

    blobs = {address(one): one for one in pictures}
    assert restored(kept, attachments, blobs.__getitem__) == body
    assert json.loads(kept)["messages"][0]["images"] == [address(one) for one in pictures]


def test_a_body_without_pictures_stays_as_it_is() -> None:
    assert abridged('{"a":"b"}', {}) == ('{"a":"b"}', [])
