"""The I/O thread: what is cancelled ends at once, what is closed leaves nothing."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from concurrent.futures import CancelledError

import pytest

from app.adapters.io_thread import IoThread


def test_a_coroutine_runs_on_the_io_thread_and_its_result_comes_back() -> None:
    async def work() -> str:
        return threading.current_thread().name

    with IoThread("some-io") as io:
        assert io.submit(work()).result() == "some-io"


def test_an_error_of_the_coroutine_reaches_the_caller() -> None:
    async def work() -> None:
        raise ValueError("no")

    with IoThread() as io, pytest.raises(ValueError, match="no"):
        io.submit(work()).result()


def test_cancelling_the_future_cancels_the_task_where_it_waits() -> None:
    waiting, cancelled = threading.Event(), threading.Event()

    async def work() -> None:
        waiting.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    with IoThread() as io:
        future = io.submit(work())
        waiting.wait()
        future.cancel()
        assert cancelled.wait(60)
        with pytest.raises(CancelledError):
            future.result()


def test_a_task_whose_future_was_cancelled_before_it_began_ends_where_it_first_waits() -> None:
    blocked, went_on = threading.Event(), threading.Event()

    async def block() -> None:
        blocked.wait()

    async def work() -> None:
        await asyncio.sleep(0)
        went_on.set()

    with IoThread() as io:
        io.submit(block())
        future = io.submit(work())
        future.cancel()
        blocked.set()
    assert not went_on.is_set()


def test_closing_cancels_every_task_lets_it_clean_up_and_joins_the_thread() -> None:
    cleaned: list[int] = []
    waiting = threading.Semaphore(0)

    async def work(number: int) -> None:
        try:
            waiting.release()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.append(number)

    before = set(threading.enumerate())
    io = IoThread()
    futures = [io.submit(work(number)) for number in range(3)]
    for _ in futures:
        waiting.acquire()

    io.close()

    assert sorted(cleaned) == [0, 1, 2]
    assert all(future.cancelled() for future in futures)
    assert set(threading.enumerate()) == before


def test_what_was_submitted_just_before_closing_is_settled() -> None:
    async def work() -> None:
        await asyncio.Event().wait()

    io = IoThread()
    future = io.submit(work())
    io.close()

    assert future.done()


def test_closing_twice_is_allowed_and_submitting_afterwards_is_refused() -> None:
    async def work() -> None:
        pass

    io = IoThread()
    io.close()
    io.close()

    with pytest.raises(RuntimeError, match="closed"):
        io.submit(work())


def test_the_io_thread_refuses_to_close_itself() -> None:
    with IoThread() as io:

        async def work() -> None:
            io.close()

        with pytest.raises(RuntimeError, match="itself"):
            io.submit(work()).result()


def test_a_process_that_closes_it_in_the_middle_of_work_exits_silently() -> None:
    program = (
        "import asyncio\n"
        "from app.adapters.io_thread import IoThread\n"
        "async def work():\n"
        "    await asyncio.Event().wait()\n"
        "with IoThread() as io:\n"
        "    io.submit(work())\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
