"""All formats that are written, in one table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.adapters.files.export_chatgpt import export_chatgpt
from app.adapters.files.export_comparison_html import export_comparison_html
from app.adapters.files.export_comparison_json import export_comparison_json
from app.adapters.files.export_comparison_markdown import export_comparison_markdown
from app.adapters.files.export_csv import export_csv
from app.adapters.files.export_markdown import export_markdown
from app.adapters.files.export_modelfile import export_modelfile
from app.adapters.files.export_native import native_bytes
from app.adapters.files.export_otlp import export_otlp
from app.adapters.files.export_pairs import export_openai, export_openai_pairs, export_pairs
from app.application.outgoing.losses import Losses
from app.application.ports import no_progress
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from app.application.outgoing.view import OutgoingView
    from app.application.ports import Progress
    from app.application.winners import Preference, Winners
    from app.domain.compare.comparison import Comparison

_SPOKEN: Final = frozenset({
    "conversation.message-posted", "conversation.message-edited", "conversation.message-retracted",
    "conversation.tool-called", "conversation.tool-returned", "conversation.instructions-changed",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporting:
    """What is to be written of a session.

    Attributes:
        view: all that may leave; nothing is read from anywhere else, ``winners`` reads from it too.
        branch: id; ``upto``: its last position to be written.
        against: ids of the branches whose answers were not preferred.
        model: the model to build on instead of the one that answered.
        losses: told what the format cannot hold.
    """

    view: OutgoingView
    winners: Winners
    branch: str
    upto: int
    against: tuple[str, ...] = ()
    model: str | None = None
    progress: Progress = no_progress
    losses: Losses = field(default_factory=Losses)

    @property
    def first(self) -> int:
        return self.view.excerpt.first

    def native(self) -> Iterator[str]:
        for piece in native_bytes([self.view], progress=self.progress, losses=self.losses):
            yield piece.decode("utf-8")

    def chatgpt(self) -> Iterator[str]:
        yield from export_chatgpt(self.view, self.branch, self.losses, self.progress)

    def otlp(self) -> Iterator[str]:
        yield from export_otlp(self.view, self.losses, self.progress)

    def csv(self) -> Iterator[str]:
        yield from export_csv(self.view, self.losses, self.progress)

    def markdown(self) -> Iterator[str]:
        self.losses.lose_others(self.view, {self.branch})
        yield from export_markdown(
            self.view,
            self.view.session,
            self.branch,
            self.upto,
            first=self.first,
            of=self.view.stored_head(self.branch),
            progress=self.progress,
        )

    def modelfile(self) -> Iterator[str]:
        self._whole()
        self._lose_unspoken()
        return export_modelfile(self.winners.winner(self.branch, self.upto, self.model))

    def openai(self) -> Iterator[str]:
        self._lose_unspoken()
        return export_openai(self.winners.winner(self.branch, self.upto), self.first, self.losses)

    def pairs(self) -> Iterator[str]:
        return export_pairs(self._preferences())

    def openai_pairs(self) -> Iterator[str]:
        return export_openai_pairs(self._preferences())

    def _preferences(self) -> Sequence[Preference]:
        self._whole()
        self.losses.lose_types(self.view, self.branch, _SPOKEN, self.first, self.upto)
        return self.winners.preferences(self.branch, self.upto, self.against, self.progress)

    def _lose_unspoken(self) -> None:
        self.losses.lose_others(self.view, {self.branch})
        self.losses.lose_types(self.view, self.branch, _SPOKEN, self.first, self.upto)

    def _whole(self) -> None:
        if self.first > 1:
            raise BadInput("this format holds a conversation from its beginning; --from belongs to the others")


EXPORTS: Final[Mapping[str, Callable[[Exporting], Iterator[str]]]] = {
    "native": Exporting.native,
    "markdown": Exporting.markdown,
    "openai": Exporting.openai,
    "chatgpt": Exporting.chatgpt,
    "otlp": Exporting.otlp,
    "csv": Exporting.csv,
    "modelfile": Exporting.modelfile,
    "pairs": Exporting.pairs,
    "openai-pairs": Exporting.openai_pairs,
}
"""What a session or branch can be written as."""

SEVERAL_BRANCHES: Final = frozenset({"native", "chatgpt", "otlp", "csv"})
"""Formats that hold more than one branch."""

ENDINGS: Final[Mapping[str, str]] = {
    "native": ".jsonl", "markdown": ".md", "openai": ".jsonl", "chatgpt": ".json", "otlp": ".jsonl", "csv": ".csv",
    "modelfile": ".modelfile", "pairs": ".jsonl", "openai-pairs": ".jsonl",
}  # fmt: skip
"""What the name of a file in each format ends with."""

COMPARISONS: Final[Mapping[str, Callable[[Comparison, Sequence[int], Sequence[int], Progress], Iterator[str]]]] = {
    "html": export_comparison_html,
    "markdown": export_comparison_markdown,
    "json": export_comparison_json,
}
"""What a comparison can be written as: of the comparison, its rows to be told, its branches in order."""
