"""What the database says when it fails, as one sentence that names the file."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound

from app.domain.errors import BadInput, StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Primary result codes of SQLite, see https://sqlite.org/rescode.html
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _TOOBIG, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 18, 26

_SENTENCES: Final = {
    _BUSY: "the store {file} is being written by another program; nothing was changed, try again in a moment",
    _LOCKED: "the store {file} is being written by another program; nothing was changed, try again in a moment",
    _READONLY: "the store {file} cannot be written: the file or its folder is read-only",
    _IOERR: "the disk failed to read or write the store {file}; what was stored before is kept",
    _CORRUPT: "the store {file} is damaged: run `branchline verify` to see where, and keep a copy of the file",
    _FULL: "there is no space left for the store {file}; nothing was changed, what was stored before is kept",
    _CANTOPEN: "the store {file} cannot be opened: check that the folder exists and that you may read it",
    _NOTADB: "{file} is not a Branchline store, or its first page is damaged",
}


class Unreadable(Exception):
    """Stored bytes do not mean anything: they, or what they refer to, were damaged."""


@contextmanager
def told_plainly(file: str) -> Iterator[None]:
    """Turn failures of the database and the disk into ``StoreUnusable``."""
    try:
        yield
    except DBAPIError as error:
        raise plain(error, file) from error
    except (Unreadable, NoResultFound, MultipleResultsFound, UnicodeDecodeError) as error:
        raise StoreUnusable(_SENTENCES[_CORRUPT].format(file=file)) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EDQUOT):
            raise
        code = _CODE_OF_ERRNO.get(error.errno, _IOERR)
        raise StoreUnusable(_SENTENCES[code].format(file=file)) from error


_CODE_OF_ERRNO: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READONLY,
    errno.EACCES: _READONLY,
}


def plain(error: BaseException, file: str) -> StoreUnusable | BadInput:
    """The sentence for what SQLAlchemy or a driver raised."""
    error = getattr(error, "orig", None) or error
    code = result_code(error)
    if code == _TOOBIG or "too big" in str(error):
        return BadInput("an event or attachment is larger than one gigabyte; nothing was stored")
    if "disk is full" in str(error):  # an online copy raises it without a code
        code = _FULL
    sentence = _SENTENCES.get(code)
    if sentence is None:
        return StoreUnusable(f"the store {file} does not answer as it should: {error}")
    return StoreUnusable(sentence.format(file=file))


def result_code(error: BaseException) -> int:
    """SQLite's primary result code; 0 when the error has none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def concerns_store(error: DBAPIError) -> bool:
    """Whether the store as a whole failed, rather than one statement."""
    return result_code(error.orig or error) in _SENTENCES


def is_damage(error: BaseException) -> bool:
    """Whether an error says that the file's content is not what was written."""
    return result_code(getattr(error, "orig", None) or error) in (_CORRUPT, _NOTADB, _IOERR)
