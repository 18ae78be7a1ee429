"""Templates in memory, and prompts of made-up sessions before they are sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fakes.window_services import FakeContinuing

from app.application.continue_request import OwnList
from app.application.ports import ChatRequest, ModelInfo
from app.application.preparing import Prepared
from app.domain.context_meter import estimated
from app.domain.errors import ModelError
from app.domain.instructions import InstructionsVersion
from app.domain.prompt import PromptMessage
from app.domain.recommender import strategy_json
from app.domain.templates import PromptTemplate, rendered

if TYPE_CHECKING:
    from app.application.continuing import ContinueRequest

FACTS = {"slots": [{"service": "R", "name": "city", "value": "Rome"}], "shown": [], "message": "Hello"}
SHIPPED = "{% for slot in slots %}{{ slot.name }}={{ slot.value }}{% end %}"


class FakePrompting:
    """A library of templates with one that is shipped, and a state with one slot."""

    def __init__(self) -> None:
        self.kept: dict[str, list[InstructionsVersion]] = {}

    def newest(self) -> tuple[PromptTemplate, ...]:
        kept = [PromptTemplate(text=own[-1].text, name=name, version=len(own)) for name, own in self.kept.items()]
        return (PromptTemplate(text=SHIPPED, name="state"), *kept)

    def all(self) -> dict[str, list[InstructionsVersion]]:
        return self.kept

    def use(self, reference: str, /) -> PromptTemplate:
        return next(one for one in self.newest() if one.name == reference)

    def save(self, name: str, text: str, note: str = "", /) -> InstructionsVersion:
        rendered(text, FACTS)
        own = self.kept.setdefault(name, [])
        own.append(InstructionsVersion(name=name, version=len(own) + 1, text=text, time=0))
        return own[-1]

    def rendered(
        self, template: PromptTemplate, branch: str, at: int, say: str | None, recommend: str | None = None, /
    ) -> str:
        return rendered(template.text, {**FACTS, "message": say})


class PreviewingContinuing(FakeContinuing):
    """Also says what it would send: the instructions, what the template gives, and what the customer says."""

    async def preview(self, request: ContinueRequest, at: int | None = None, /) -> Prepared:
        if self.failure is not None:
            raise ModelError(str(self.failure))
        addition = rendered(request.template.text, FACTS) if request.template is not None else ""
        told = [{"role": "system", "content": f"At {at}. {addition}"}, {"role": "user", "content": request.say or "Hi"}]
        messages = tuple(PromptMessage(one) for one in told)
        own = None
        if request.recommend not in (None, "off"):
            shown = {"items": [{"item": "B07", "name": "red mug"}], "strategy": strategy_json(str(request.recommend))}
            own = OwnList(shown=shown)
        model = ModelInfo(name="m", digest="", size=1, local=True, capabilities=(), context_length=8192)
        return Prepared(
            branch=self._history.branch_of(request.branch),
            request=replace(request, own_list=own),
            model=model,
            chat=ChatRequest(model="m", messages=tuple(told), options={"num_ctx": 4096, **request.options}),
            messages=messages,
            estimate=estimated(messages, num_ctx=4096),
            included=1,
            entries=1,
            pictures_left_out=0,
            pictures={},
            runs=(),
            fixed_window=False,
        )
