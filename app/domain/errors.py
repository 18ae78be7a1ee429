"""What can go wrong, each as one sentence that a person can act on."""


class BranchlineError(Exception):
    """Any failure that is told to a person: ``str(error)`` is one clear sentence."""


class NotFound(BranchlineError):
    """A session, branch or event that was asked for is not in the store."""


class OutOfRange(BranchlineError):
    """A position before the first or after the last event of a branch."""


class BadInput(BranchlineError):
    """Something handed in cannot be used: a file, a line, an option, a payload."""


class WrongPosition(BranchlineError):
    """An append expected another end of the branch than the one it found."""

    def __init__(self, branch: str, expected: int, actual: int) -> None:
        super().__init__(
            f"branch {branch} ends at position {actual}, not at {expected} as expected; nothing was appended"
        )
        self.branch, self.expected, self.actual = branch, expected, actual


class EventConflict(BranchlineError):
    """The same (source, id) is already stored with other content or in another place."""

    def __init__(self, source: str, event_id: str, difference: str) -> None:
        super().__init__(
            f"event {event_id} of {source} is already stored with another {difference}; nothing was appended"
        )
        self.source, self.event_id, self.difference = source, event_id, difference


class StoreUnusable(BranchlineError):
    """The store cannot be opened, read or written: locked, read-only, full, damaged, newer, or an unsound SQLite."""


class ModelError(BranchlineError):
    """A model server could not be reached, refused, or broke off; carries the server's own words."""


class PromptTooLong(ModelError):
    """The server counted the prompt, and refused it because it does not fit the window."""

    def __init__(self, sentence: str, tokens: int, room: int) -> None:
        super().__init__(sentence)
        self.tokens, self.room = tokens, room


class Cancelled(BranchlineError):
    """Long work was stopped because somebody asked for it."""
