"""Jitter: repeat an unchanged branch, and say of a change whether it differs more than repetition does."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.errors import BadInput
from app.domain.hashing import short_hash
from app.domain.lab.jitter import compare_groups, floor_of
from app.domain.lab.levels import ALPHA
from app.domain.lab.recipe import Recipe, Tools
from app.domain.lab.trials import instructions_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.application.ports import EventStore
    from app.application.trials import Trials
    from app.domain.branches import Branch
    from app.domain.lab.jitter import Answers, Floor, JitterVerdict
    from app.domain.lab.recipe import Instructions
    from app.domain.lab.trials import Trial

Seeds = Literal["recorded", "varied"]
_SEEDS: Final = 2**31
_REMEMBERED: Final = 64
"""Verdicts: a comparison is made anew whenever somebody looks elsewhere, and each takes a good part of a second."""
_NOT_REPEATED: Final = frozenset({"seed", "temperature"})


@dataclass(frozen=True, slots=True)
class Group:
    """Trials that differ by chance alone: what they were asked with, and each one's answers by turn."""

    key: str
    branches: tuple[str, ...]
    answers: tuple[Answers, ...]


class Jitter:
    """Finds repetitions among the trials of a session, and holds groups of them against each other."""

    def __init__(self, store: EventStore, trials: Trials) -> None:
        self._store, self._trials = store, trials
        self._verdicts: OrderedDict[tuple[Group, Group], JitterVerdict] = OrderedDict()

    def repetitions(self, trial: Trial, count: int, seeds: Seeds = "varied") -> tuple[Trial, ...]:
        """``count`` trials like the one given, each on a branch of its own.

        ``varied``: each has a seed of its own, which follows from what is repeated and from its number, so that two
        groups share no seed and the same wish is the same trials. ``recorded``: every turn asks with the seed of the
        recorded answer, all repetitions alike: what still differs then, the server does not repeat.
        """
        if count < 1:
            raise BadInput("there must be at least one repetition")
        group = trial.group
        made = []
        for number in range(1, count + 1):
            recipe = trial.recipe
            if seeds == "varied":
                recipe = replace(recipe, seed=int(short_hash([group, number])[:8], 16) % _SEEDS)
            label = replace(recipe, seed=None).label
            made.append(
                replace(
                    trial,
                    recipe=recipe,
                    purpose="repetition",
                    repetition=number,
                    recorded_seeds=seeds == "recorded",
                    name=f"jitter {label} #{number}",
                )
            )
        return tuple(made)

    def recipe_of(self, branch: str, at: int) -> Recipe | None:
        """What the answers of a branch after ``at`` were asked with; None where no model wrote any.

        Of several requests the first counts. Instructions are given only when they were changed after ``at``.
        """
        instructions: Instructions | None = None
        for event in self._store.iterate(branch, at + 1):
            if event.type == "conversation.instructions-changed":
                instructions = instructions_in(event.data)
            if event.type == "generation.requested":
                return self._recipe(event.data, instructions)
        return None

    def _recipe(self, data: Mapping[str, Any], instructions: Instructions | None) -> Recipe:
        sent = data.get("request")
        sent = sent if isinstance(sent, dict) else {}
        found = sent.get("options")
        options = dict(found) if isinstance(found, dict) else {}
        temperature, seed = options.get("temperature"), options.get("seed")
        return Recipe(
            model=str(data.get("model")),
            instructions=instructions,
            temperature=float(temperature) if isinstance(temperature, (int, float)) else None,
            seed=seed if isinstance(seed, int) else None,
            options={name: value for name, value in options.items() if name not in _NOT_REPEATED},
            format=sent.get("format"),
            think=sent.get("think"),
            template=self._trials.template_in(data.get("addition")),
            tools=_tools(sent.get("tools"), data.get("tool_answers")),
        )

    def group(self, branch: Branch) -> Group | None:
        """The completed trials that differ from the branch's own by chance alone, itself among them.

        None for a branch that is no trial.
        """
        started = self._trials.started(branch)
        return None if started is None else self.group_named(branch.session, str(started.get("group")))

    def group_named(self, session: str, key: str) -> Group:
        """The completed trials of a group, in the order in which they were made."""
        branches, answers = [], []
        for one in self._trials.of_session(session):
            if one.started.get("group") != key:
                continue
            record = self._trials.record(one.branch)
            if record is not None and record.outcome == "completed" and record.answers:
                branches.append(one.branch.id)
                answers.append(tuple(answer.text for answer in record.answers))
        return Group(key, tuple(branches), tuple(answers))

    def floor(self, group: Group) -> Floor | None:
        """How much a thing differs from itself; None for fewer than two repetitions."""
        return floor_of(_alike(group.answers))

    def verdict(self, one: Group, other: Group, *, alpha: float = ALPHA) -> JitterVerdict:
        """Whether two groups differ more than repetitions do. Raises BadInput when they cannot be held together."""
        if one.key == other.key:
            raise BadInput("both branches were asked in the same way; nothing was changed between them")
        if not one.answers or not other.answers:
            raise BadInput("each side needs at least one completed repetition")
        turns = min(len(answers) for answers in (*one.answers, *other.answers))
        cut = [[answers[:turns] for answers in group.answers] for group in (one, other)]
        return compare_groups(*cut, alpha=alpha)

    def between(self, one: Branch, other: Branch) -> JitterVerdict | None:
        """Whether two branches differ more than repetitions of each do; asked again at once where nothing was added.

        None where one of them was never repeated, or where both were asked in the same way. Any thread may call.
        """
        mine, theirs = self.group(one), self.group(other)
        if mine is None or theirs is None or mine.key == theirs.key:
            return None
        if min(len(mine.answers), len(theirs.answers)) < 1 or len(mine.answers) + len(theirs.answers) < 3:
            return None
        known = self._verdicts.get((mine, theirs))
        if known is None:
            known = self._verdicts[mine, theirs] = self.verdict(mine, theirs)
            if len(self._verdicts) > _REMEMBERED:
                self._verdicts.popitem(last=False)
        return known


def _alike(answers: Sequence[Answers]) -> list[Answers]:
    turns = min((len(one) for one in answers), default=0)
    return [one[:turns] for one in answers]


def _tools(sent: object, answers: object) -> Tools | None:
    """The tools of a request; a person's answers cannot be repeated, so what the record lacks is a stub then."""
    if not isinstance(sent, list) or not sent:
        return None
    policy = answers.get("policy") if isinstance(answers, dict) else None
    return Tools(policy="stub" if policy == "stub" else "recorded", definitions=tuple(sent))
