"""A small language for prompts: names, loops and conditions over the state; it can neither run code nor read files."""

from app.domain.templates.errors import BadTemplate
from app.domain.templates.parser import parse
from app.domain.templates.rendering import rendered
from app.domain.templates.template import PromptTemplate

__all__ = ["BadTemplate", "PromptTemplate", "parse", "rendered"]
