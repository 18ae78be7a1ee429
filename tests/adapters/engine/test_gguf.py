"""Reading what a model file says about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.adapters.engine.card import read_card
from app.adapters.engine.gguf import read_header
from app.domain.errors import BadInput


def test_the_header_tells_architecture_lengths_quantization_and_size(tiny_gguf: Path) -> None:
    header = read_header(tiny_gguf)

    assert (header.architecture, header.quantization, header.parameter_count) == ("llama", "Q4_1", 64_064)
    assert header.of_architecture("context_length") == 2048
    assert header.metadata["tokenizer.ggml.tokens"] is None


def test_a_model_is_served_under_the_name_its_file_gives_it(tiny_gguf: Path) -> None:
    assert read_card(tiny_gguf).name == "tiny:1b"


def test_a_file_that_is_no_gguf_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello, this is no model")

    with pytest.raises(BadInput, match=r"notes\.txt is no GGUF model file\.$"):
        read_header(path)


@pytest.mark.parametrize("length", [4, 10, 30, 120])
def test_a_file_that_was_cut_off_is_refused(tiny_gguf: Path, length: int) -> None:
    tiny_gguf.write_bytes(tiny_gguf.read_bytes()[:length])

    with pytest.raises(BadInput, match="is damaged"):
        read_header(tiny_gguf)


def test_a_missing_or_empty_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.gguf"
    empty.touch()

    with pytest.raises(BadInput, match="cannot be read"):
        read_header(tmp_path / "nothing.gguf")
    with pytest.raises(BadInput, match="no GGUF"):
        read_header(empty)
