"""A rough count of tokens before a server has counted them; shown and used as an estimate only."""

from __future__ import annotations

import re
from typing import Final

CHARACTERS_PER_TOKEN: Final = 3.5
"""Of Latin text with current vocabularies; other scripts are counted as one token a character."""
PER_MESSAGE: Final = 6
"""Role and delimiters of a chat template."""

_OTHER: Final = re.compile("[\u0250-\U0010ffff]")


def estimated_tokens(text: str) -> int:
    plain = len(text) if text.isascii() else len(text) - len(_OTHER.findall(text))
    return round(plain / CHARACTERS_PER_TOKEN) + len(text) - plain
