"""A request's body as it is kept: pictures lie in the store once, and the bytes that were sent can be had again."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def abridged(body: str, pictures: Mapping[str, str]) -> tuple[str, list[dict[str, Any]]]:
    """The body with addresses in place of pictures, and where each stands.

    ``pictures`` maps base64 text to the address of what it holds. Places are counted in characters of the new body.
    """
    found = sorted((at, coded) for coded in pictures for at in _places(body, coded))
    kept: list[str] = []
    attachments: list[dict[str, Any]] = []
    length = end = 0
    for at, coded in found:
        address = pictures[coded]
        kept += [body[end:at], address]
        length += at - end
        attachments.append({"at": length, "blob": address})
        length += len(address)
        end = at + len(coded)
    return "".join([*kept, body[end:]]), attachments


def restored(body: str, attachments: Sequence[Mapping[str, Any]], content: Callable[[str], bytes]) -> str:
    """What was sent; ``content`` gives the bytes at an address."""
    for one in reversed(attachments):
        at, address = int(one["at"]), str(one["blob"])
        body = body[:at] + base64.b64encode(content(address)).decode() + body[at + len(address) :]
    return body


def _places(body: str, coded: str) -> list[int]:
    """Where a JSON string is exactly this text: inside another text its quotes would be escaped."""
    quoted, places, at = f'"{coded}"', [], -1
    while (at := body.find(quoted, at + 1)) >= 0:
        places.append(at + 1)
    return places
