"""A bridge, made-up services, and waiting for the bridge's outcomes."""

from collections.abc import Iterator

import pytest
from fakes.window_services import FakeHistory, LoopThread, make_services

from app.viewmodels.bridge import Bridge
from app.viewmodels.services import Services
from app.viewmodels.workspace import Workspace


@pytest.fixture
def bridge(qapp: object) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()


@pytest.fixture
def io() -> Iterator[LoopThread]:
    thread = LoopThread()
    yield thread
    thread.close()


@pytest.fixture
def history() -> FakeHistory:
    return FakeHistory()


@pytest.fixture
def services(history: FakeHistory, io: LoopThread) -> Services:
    return make_services(history, io)


@pytest.fixture
def workspace(services: Services, bridge: Bridge) -> Iterator[Workspace]:
    made = Workspace(services, bridge)
    yield made
    made.close()
