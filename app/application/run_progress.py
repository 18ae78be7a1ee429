"""Where a run stands, told to whoever watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.application.continue_request import ContinueUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.application.ports import Clock

MOST_TEXT: Final = 16 * 1024 * 1024
"""Characters of one answer; a server that sends more is not listened to."""
TOLD_AT_ONCE: Final = 65_536
"""Up to this length every piece is told; of a longer text only every 50 ms, for telling it copies it."""
_PAUSE_US: Final = 50_000


class RunProgress:
    """Text, thinking, phases and speed of one request; ``report`` tells the watcher."""

    def __init__(self, on_update: Callable[[ContinueUpdate], None], clock: Clock) -> None:
        self._on_update, self._clock = on_update, clock
        self._started = clock.now()
        self._recorded = False
        self.begin()

    def begin(self) -> None:
        """A new request: nothing has come yet."""
        self._text: list[str] = []
        self._thinking: list[str] = []
        self._length = self._pieces = 0
        self._asked = self._clock.now()
        self._first = self._newest = self._told = 0
        self.phase = "connecting"
        self._phases: dict[str, float] = {}

    @property
    def text(self) -> str:
        return _joined(self._text)

    @property
    def thinking(self) -> str:
        return _joined(self._thinking)

    @property
    def is_too_long(self) -> bool:
        return self._length > MOST_TEXT

    @property
    def first_token_s(self) -> float | None:
        return round((self._first - self._asked) / 1e6, 4) if self._pieces else None

    @property
    def tokens_per_second(self) -> float | None:
        spent_s = (self._newest - self._first) / 1e6
        return round((self._pieces - 1) / spent_s, 2) if self._pieces > 1 and spent_s > 0 else None

    @property
    def phases(self) -> Mapping[str, float]:
        return dict(self._phases)

    def arrived(self, text: str = "", *, thinking: str = "") -> None:
        self._newest = self._clock.now()
        if not self._pieces:
            self._first = self._newest
        self._pieces += 1
        self._length += len(text) + len(thinking)
        if text:
            self._text.append(text)
        if thinking:
            self._thinking.append(thinking)
        if self._length < TOLD_AT_ONCE or self._newest - self._told >= _PAUSE_US:
            self._tell(self._newest)

    def report(self, phase: str) -> None:
        now = self._clock.now()
        self.phase = phase
        self._phases.setdefault(phase, round((now - self._asked) / 1e6, 4))
        self._tell(now)

    def ended_early(self, phase: str, *, recorded: bool) -> None:
        """Tell that it failed or was cancelled, and whether what was asked is an event by now."""
        self._recorded = recorded
        self.report(phase)

    def _tell(self, now: int) -> None:
        self._told = now
        self._on_update(
            ContinueUpdate(
                phase=self.phase,
                text=self.text,
                thinking=self.thinking,
                tokens=self._pieces,
                elapsed_s=(now - self._started) / 1e6,
                tokens_per_second=self.tokens_per_second,
                first_token_s=self.first_token_s,
                phases=self.phases,
                recorded=self._recorded,
            )
        )


def _joined(pieces: list[str]) -> str:
    """Keeps what it joined, so that no piece is joined twice."""
    if len(pieces) > 1:
        pieces[:] = ["".join(pieces)]
    return pieces[0] if pieces else ""
