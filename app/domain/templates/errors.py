"""What can be wrong with a template."""

from app.domain.errors import BadInput


class BadTemplate(BadInput):
    """One sentence with the place; ``line`` and ``column`` count from 1."""

    def __init__(self, line: int, column: int, what: str) -> None:
        super().__init__(f"line {line}, column {column} of the template: {what}")
        self.line, self.column, self.what = line, column, what
