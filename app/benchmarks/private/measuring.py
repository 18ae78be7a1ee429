"""``bench redaction``: how much of what was planted is found, and how much of what is found was planted."""

from __future__ import annotations

from collections import Counter
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from app.application.ports import no_progress
from app.benchmarks.private.corpus import made_texts
from app.benchmarks.private.values import NAMES
from app.domain.redaction.detection import Detection
from app.domain.redaction.profile import RedactionProfile

if TYPE_CHECKING:
    from app.application.ports import Progress
    from app.benchmarks.private.corpus import MadeText
    from app.domain.redaction.findings import Hit

TEXTS: Final = 20_000
_KIND_OF: Final = {"said phone": "phone", "password": "key"}
"""What is planted under a name of its own is looked for by these detectors."""


def measure(texts: int = TEXTS, progress: Progress = no_progress) -> dict[str, Any]:
    """Recall and precision a kind.

    A planted value counts as found when findings cover every character of it, whatever their kind: then nothing of
    it leaves. A finding counts as right when it touches a planted value, whatever its kind.
    """
    detection = Detection(RedactionProfile(names=NAMES))
    score = _Score()
    made = list(made_texts(texts))
    begun = process_time()
    for number, one in enumerate(made):
        if number % 500 == 0:
            progress(number, texts, "looking for planted values")
        score.add(one, detection.hits(one.text))
    seconds = process_time() - begun
    characters = sum(len(one.text) for one in made)
    return {"texts": texts, "kinds": score.kinds(), "characters_per_s": round(characters / seconds)}


class _Score:
    def __init__(self) -> None:
        self._planted: Counter[str] = Counter()
        self._covered: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._right: Counter[str] = Counter()

    def add(self, made: MadeText, hits: tuple[Hit, ...]) -> None:
        for kind, start, end in made.planted:
            self._planted[kind] += 1
            if _is_covered(start, end, hits):
                self._covered[kind] += 1
        for hit in hits:
            self._found[hit.kind] += 1
            if any(hit.start < end and start < hit.end for _, start, end in made.planted):
                self._right[hit.kind] += 1

    def kinds(self) -> dict[str, dict[str, Any]]:
        told = {}
        for kind, planted in sorted(self._planted.items()):
            found_by = _KIND_OF.get(kind, kind)
            found = self._found[found_by]
            told[kind] = {
                "planted": planted,
                "recall": round(self._covered[kind] / planted, 4),
                "false_alarms": found - self._right[found_by],
                "precision": round(self._right[found_by] / found, 4) if found else None,
            }
        return told


def _is_covered(start: int, end: int, hits: tuple[Hit, ...]) -> bool:
    for hit in hits:
        if hit.start <= start < hit.end:
            start = hit.end
    return start >= end
