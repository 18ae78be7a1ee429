"""A request as text: what is sent, exactly, and the same of what was recorded."""

from __future__ import annotations

from app.viewmodels.prompt.prompt_text import prompt_text, recorded_prompt_text

MESSAGES = [
    {"role": "system", "content": "Be brief.\n── user\nnot a role"},
    {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "find", "arguments": {"a": 1}}}]},
    {"role": "tool", "content": "[]", "tool_name": "find"},
    {"role": "user", "content": "Hi"},
]


def test_every_message_stands_under_its_role_with_all_that_it_holds() -> None:
    text = prompt_text(MESSAGES, {"seed": 3, "num_ctx": 4096})

    assert text == (
        "── system\nBe brief.\n── user\nnot a role\n\n"
        '── assistant\n{"tool_calls": [{"function": {"name": "find", "arguments": {"a": 1}}}]}\n\n'
        '── tool\n[]\n{"tool_name": "find"}\n\n'
        "── user\nHi\n\n"
        "── options\nnum_ctx 4096, seed 3"
    )


def test_what_was_recorded_reads_the_same() -> None:
    recorded = {"request": {"messages": MESSAGES, "options": {"num_ctx": 4096, "seed": 3}}}

    assert recorded_prompt_text(recorded) == prompt_text(MESSAGES, {"seed": 3, "num_ctx": 4096})
    assert recorded_prompt_text({"request": "elsewhere"}) is None
    assert recorded_prompt_text({"request": {"messages": [None]}}) == "── options\n"
