"""A broker and a cache that are gone or hang: whoever rings or asks goes on within half a second (F-04)."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.core.cache import caches
from django.test import override_settings

from agencies.fuse import Fuse
from mall.runtime import cache as forgiving
from workflows.trail import doorbell
from workflows.trail.tasks import drain

SHORT = 1.5


@pytest.fixture(params=["gone", "hung"])
def dead(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """The socket of a Valkey that is not there, or that takes connections and says nothing."""
    path = tmp_path / "v.sock"
    with socket.socket(socket.AF_UNIX) as listening:
        if request.param == "hung":
            listening.bind(str(path))
            listening.listen(50)
        yield path


@pytest.fixture
def fuse(monkeypatch: pytest.MonkeyPatch) -> Fuse:
    """The doorbell's fuse, as in a fresh process."""
    new = Fuse(doorbell._fuse.rest)
    monkeypatch.setattr(doorbell, "_fuse", new)
    return new


def test_ringing_a_dead_bell_is_short_and_the_next_ring_costs_nothing(
    dead: Path, fuse: Fuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    doorbell.ring({"default"})  # what is loaded at the first ring is not the bell's fault
    url = f"redis+socket://{dead}?virtual_host=0"
    monkeypatch.setattr(doorbell, "current_app", Rewired(url))
    began = time.monotonic()
    doorbell.knock(drain, ("default",))
    assert time.monotonic() - began < SHORT
    assert fuse.blown
    began = time.monotonic()
    doorbell.ring({"default", "documents"})
    assert time.monotonic() - began < 0.05


class Rewired:
    """The Celery application, with its lines laid to another broker."""

    def __init__(self, url: str) -> None:
        self.url = url

    def connection_for_write(self, transport_options: dict[str, object]) -> object:
        """A line to that broker."""
        return current_app.connection_for_write(self.url, transport_options=transport_options)


def test_bell_is_heard_again_after_the_fuse_has_mended(fuse: Fuse, monkeypatch: pytest.MonkeyPatch) -> None:
    with current_app.connection_for_write() as line:
        line.default_channel.client.delete("storm-bell")
        fuse.blow()
        doorbell.knock(drain, ("default",), queue="storm-bell")
        assert line.default_channel.client.llen("storm-bell") == 0
        monkeypatch.setattr(fuse, "_mended_at", 0.0)
        doorbell.knock(drain, ("default",), queue="storm-bell")
        assert line.default_channel.client.llen("storm-bell") == 1
        line.default_channel.client.delete("storm-bell")


def test_cache_forgets_while_it_is_away(dead: Path) -> None:
    away = {"default": {"BACKEND": "mall.runtime.cache.ForgivingCache", "LOCATION": f"unix://{dead}?db=1"}}
    with override_settings(CACHES=away):
        cache = caches["default"]
        began = time.monotonic()
        cache.set("word", "said")
        assert cache.get("word", "never said") == "never said"
        assert cache.add("lock", "mine") is True
        assert cache.incr("count", 3) == 3
        assert cache.get_many(["a", "b"]) == {}
        assert not cache.has_key("word")
        assert not cache.touch("word")
        assert not cache.delete("word")
        cache.set_many({"a": 1})
        cache.delete_many(["a"])
        cache.clear()
        assert time.monotonic() - began < SHORT


def test_cache_remembers_while_it_is_there() -> None:
    cache = caches["default"]
    cache.set("word", {"said": [1, 2]})
    assert cache.get("word") == {"said": [1, 2]}
    assert cache.add("word", "other") is False
    cache.set("count", 1)
    assert cache.incr("count", 3) == 4
    assert cache.get_many(["count", "nothing"]) == {"count": 4}
    assert cache.delete("word")
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")


def test_every_command_of_the_cache_has_an_answer_for_bad_days() -> None:
    from django.core.cache.backends.redis import RedisCacheClient

    commands = {name for name in vars(RedisCacheClient) if not name.startswith("_")} - {"get_client"}
    assert commands == set(forgiving.ABSENT)
