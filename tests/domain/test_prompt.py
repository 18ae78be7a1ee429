"""What of a transcript is told to a model."""

from app.domain.prompt import told_messages
from app.domain.transcript import Entry


def message(role, text, **more):
    return Entry(ord=1, kind="message", key="k", position=1, changed_at=1, time=None, role=role, text=text, **more)


def test_messages_that_say_nothing_are_left_out():
    told = [message("system", "", hidden=True), message("user", "hi"), message("assistant", " ", thinking="Hm.")]

    assert [one.message["content"] for one in told_messages(told)] == ["hi"]
    assert [one.message["content"] for one in told_messages(told, thinking=True)] == ["hi", " "]


def test_a_picture_without_words_says_something():
    assert len(told_messages([message("user", "", images=("sha",))])) == 1
