"""A small, safe language of conditions on the state: read, printed and evaluated here, never run as Python."""

from app.domain.conditions.errors import BadCondition
from app.domain.conditions.evaluation import Test, test_of
from app.domain.conditions.parser import parse
from app.domain.conditions.syntax import ALL, Expression, Path, printed
from app.domain.conditions.uses import Use, uses
from app.domain.conditions.verdicts import Verdict, verdict_of

__all__ = [
    "ALL", "BadCondition", "Expression", "Path", "Test", "Use", "Verdict", "parse", "printed", "test_of", "uses",
    "verdict_of",
]  # fmt: skip
