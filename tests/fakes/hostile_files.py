"""Files that are made to break an importer, small on disk and made anew each time."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

CHAT = b'{"messages":[{"role":"user","content":"hello"},{"role":"assistant","content":"hi"}]}\n'
DEEP = 100_000
_TREE = b'[{"id":"c","title":"t","current_node":"a","mapping":'


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def zip_bytes(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def encrypted(content: bytes) -> bytes:
    """An archive whose one member says that it is encrypted."""
    made = bytearray(zip_bytes(("chat.jsonl", content)))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def lying(content: bytes) -> bytes:
    """An archive whose directory tells another size than the member has."""
    made = bytearray(zip_bytes(("chat.jsonl", content)))
    at = made.index(b"PK\x01\x02")
    made[at + 24 : at + 28] = (5).to_bytes(4, "little")
    return bytes(made)


def many(count: int) -> bytes:
    return zip_bytes(*((f"{number}.jsonl", b"{}") for number in range(count)))


def bomb(megabytes: int) -> bytes:
    """Nearly nothing on disk, and a large array of nothing behind the head of a chat."""
    return CHAT + b" " * (megabytes * 1024**2)


def squeezed(content: bytes) -> bytes:
    return gzip.compress(content)


def node(own: str, parent: str | None) -> dict[str, Any]:
    message = {"author": {"role": "user"}, "content": {"content_type": "text", "parts": [own]}}
    return {"id": own, "parent": parent, "message": message, "children": []}


def tree(*nodes: dict[str, Any]) -> bytes:
    """A ChatGPT export of one conversation."""
    return _TREE + json.dumps({one["id"]: one for one in nodes}).encode() + b"}]"


def chain(length: int) -> bytes:
    """Every message answers the one before it, and all of them in a circle."""
    return tree(*(node(str(at), str((at or length) - 1)) for at in range(length)))


def database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(";".join(statements))
    return path


ENDLESS_VIEW = (
    "CREATE VIEW checkpoints AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) "
    "SELECT n AS thread_id, '' AS checkpoint_ns, n AS checkpoint_id, NULL AS parent_checkpoint_id, 'msgpack' AS type, "
    "zeroblob(999999999) AS checkpoint, x'' AS metadata FROM r"
)
_KEYS = "thread_id TEXT, checkpoint_ns TEXT, checkpoint_id TEXT"
_COLUMNS = f"{_KEYS}, parent_checkpoint_id TEXT, type TEXT"
TABLES = (
    f"CREATE TABLE checkpoints ({_COLUMNS}, checkpoint BLOB, metadata BLOB)",
    f"CREATE TABLE writes ({_KEYS}, task_id TEXT, idx INTEGER, channel TEXT, type TEXT, value BLOB)",
)
EVIL_TRIGGER = "CREATE TRIGGER t AFTER INSERT ON writes BEGIN SELECT load_extension('/tmp/evil'); END"
_ENORMOUS = "checkpoint BLOB GENERATED ALWAYS AS (zeroblob(999999999)) VIRTUAL"
GENERATED = (
    f"CREATE TABLE checkpoints ({_COLUMNS}, metadata BLOB, {_ENORMOUS})",
    TABLES[1],
    "INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, type) VALUES ('t', '', 'c', 'msgpack')",
)
CIRCLE = (
    *TABLES,
    "INSERT INTO checkpoints VALUES ('t', '', 'a', 'b', 'msgpack', x'C1', x'C1')",
    "INSERT INTO checkpoints VALUES ('t', '', 'b', 'a', 'msgpack', x'C1', x'C1')",
    EVIL_TRIGGER,
)
