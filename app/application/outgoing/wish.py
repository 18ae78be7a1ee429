"""What somebody wants to have written, and what they get."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.domain.excerpts import Excerpt
from app.domain.redaction.redaction import NO_REDACTION, Redaction
from app.domain.redaction.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.outgoing.losses import Losses


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWish:
    """A session, or a branch of it, in some format.

    Attributes:
        session, branch: ids. Formats that hold one branch write this one; a tree of messages opens at it.
        excerpt: of formats that hold several branches, which and what of them; of others the positions alone.
        against: ids of the branches whose answers were not preferred (formats of pairs).
        model: the model to build on instead of the one that answered (modelfile).
    """

    form: str
    session: str
    branch: str
    excerpt: Excerpt = field(default_factory=Excerpt)
    redaction: Redaction = NO_REDACTION
    against: tuple[str, ...] = ()
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """The text piece by piece; ``losses`` and ``written`` are complete once the last piece was taken."""

    pieces: Iterator[str]
    losses: Losses
    redaction: Redaction = NO_REDACTION
    written: Tally = field(default_factory=Tally)

    def report(self) -> dict[str, Any]:
        """What could not be written and what was replaced, as JSON."""
        replaced = self.redaction.report(self.written).to_json() if self.redaction.is_on else None
        return {"losses": self.losses.to_json(), "redaction": replaced}
