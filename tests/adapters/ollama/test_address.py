"""The forms of OLLAMA_HOST."""

from __future__ import annotations

import pytest

from app.adapters.ollama.address import server_address
from app.domain.errors import BadInput


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (None, "http://127.0.0.1:11434"),
        ("", "http://127.0.0.1:11434"),
        ("  ", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:8080", "http://127.0.0.1:8080"),
        (":8080", "http://127.0.0.1:8080"),
        ("http://0.0.0.0:8080/", "http://127.0.0.1:8080"),
        ("[::]:8080", "http://[::1]:8080"),
        ("[::1]", "http://[::1]:11434"),
        ("example.org", "http://example.org:11434"),
        ("example.org:1234", "http://example.org:1234"),
        ("http://example.org", "http://example.org:80"),
        ("https://example.org", "https://example.org:443"),
        ("https://example.org/ollama/", "https://example.org:443/ollama"),
        ('"192.168.1.5:11434"', "http://192.168.1.5:11434"),
    ],
)
def test_every_form_that_ollama_understands_becomes_a_url(value: str | None, address: str) -> None:
    assert server_address(value) == address


@pytest.mark.parametrize("value", ["host:notaport", "host:99999", "ftp://host", "http://[::1"])
def test_nonsense_is_refused_in_one_sentence(value: str) -> None:
    with pytest.raises(BadInput, match="OLLAMA_HOST"):
        server_address(value)
