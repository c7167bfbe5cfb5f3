"""Worker processes: what they give back, what becomes of tasks that overrun, and that nothing of them stays."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from newscrawl.exceptions import UnreadablePage, WorkerError
from newscrawl.workers import Limits, WorkerPool
from newscrawl.workers import pool as pool_module

NURSERY = """
import os, sys, time, signal
from newscrawl.exceptions import UnreadablePage
import newscrawl.workers.nursery, types, socket

class Stubborn(Exception):
    def __init__(self, one, two):
        super().__init__(one)

def deep(n):
    return deep(n + 1)

def raise_(error):
    raise error

def allocate_in_pieces():
    pieces = []
    while True:
        pieces.append(bytes(1 << 20))

def spin():
    while True:
        pass

def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    spin()

tasks = types.ModuleType("newscrawl.workers.tasks")
tasks.TASKS = {
    "echo": lambda value: value,
    "pid": os.getpid,
    "spin": spin,
    "deaf": deaf,
    "in_c": lambda: pow(7, 7 ** 12),
    "allocate": allocate_in_pieces,
    "page_error": lambda: raise_(UnreadablePage("charset", "http://a.cn/", "坏")),
    "defect": lambda: {}["missing"],
    "recursion": lambda: deep(0),
    "die": lambda: os.kill(os.getpid(), 11),
    "exit": lambda: os._exit(3),
    "unpicklable": lambda: (lambda: None),
    "stubborn": lambda: raise_(Stubborn(1, 2)),
    "noisy": lambda: (print("PAGE TEXT"), print("PAGE TEXT", file=sys.stderr), os.write(2, b"PAGE TEXT"))[0],
    "sleep": time.sleep,
}
sys.modules["newscrawl.workers.tasks"] = tasks
newscrawl.workers.nursery.main(
    socket.socket(fileno=0), parent=int(sys.argv[1]), megabytes=int(sys.argv[2]), seconds=float(sys.argv[3])
)
"""
"""The nursery with tasks that do what pages do to a process."""


@pytest.fixture(autouse=True)
def _with_other_tasks(monkeypatch):
    monkeypatch.setattr(pool_module, "COMMAND", (sys.executable, "-P", "-c", NURSERY))


@asynccontextmanager
async def pool_of(workers=1, *, seconds=5.0, megabytes=300):
    pool = WorkerPool(Limits(workers, seconds=seconds, megabytes=megabytes))
    try:
        yield pool
    finally:
        await pool.close()


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


def is_alive(process_id):
    """Whether a process runs; a zombie that nobody waits for does not."""
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.01)


def test_a_value_comes_back_and_the_worker_stays():
    async def work():
        async with pool_of() as pool:
            assert await pool.run("echo", "正文" * 500_000) == "正文" * 500_000
            assert await pool.run("pid") == await pool.run("pid") != os.getpid()

    run(work())


def test_page_errors_travel_whole():
    async def work():
        async with pool_of() as pool:
            with pytest.raises(UnreadablePage) as raised:
                await pool.run("page_error")
            assert (raised.value.reason, raised.value.url, raised.value.detail) == (
                "charset",
                "http://a.cn/",
                "坏",
            )

    run(work())


def test_other_errors_bring_their_traceback():
    async def work():
        async with pool_of() as pool:
            with pytest.raises(KeyError, match="missing") as raised:
                await pool.run("defect")
            assert "Traceback" in raised.value.__notes__[0]

    run(work())


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("spin", "timeout"),
        ("deaf", "timeout"),
        ("in_c", "timeout"),
        ("die", "crashed"),
        ("exit", "crashed"),
        ("allocate", "memory"),
    ],
)
def test_what_a_worker_may_not_do(task, reason):
    """The worker is gone, the task has its reason, and the next task finds a worker that works."""

    async def work():
        async with pool_of(seconds=0.5 if reason == "timeout" else 20) as pool:
            before = await pool.run("pid")
            with pytest.raises(WorkerError) as raised:
                await pool.run(task)
            assert raised.value.reason == reason
            after = await pool.run("pid")
            assert after != before
            wait_until(lambda: not is_alive(before))

    run(work())


@pytest.mark.parametrize("task", ["recursion", "unpicklable", "stubborn"])
def test_what_a_worker_survives(task):
    async def work():
        async with pool_of() as pool:
            before = await pool.run("pid")
            with pytest.raises(Exception):  # noqa: B017, PT011 - whichever: it came back
                await pool.run(task)
            assert await pool.run("pid") == before

    run(work())


def test_one_worker_that_hangs_leaves_the_others_alone():
    async def work():
        async with pool_of(2, seconds=1) as pool:
            hanging = asyncio.ensure_future(pool.run("spin"))
            done = 0
            while not hanging.done():
                assert await pool.run("echo", done) == done
                done += 1
            assert done > 20
            assert isinstance(hanging.exception(), WorkerError)

    run(work())


def test_death_in_the_middle_of_an_answer():
    """What a shared lock does not survive: 20 workers are killed while they send 20 MB."""

    async def work():
        async with pool_of(2) as pool:
            for _ in range(20):
                process_id = await pool.run("pid")
                task = asyncio.ensure_future(pool.run("echo", bytes(20_000_000)))
                await asyncio.sleep(0.005)
                with suppress(ProcessLookupError):
                    os.kill(process_id, signal.SIGKILL)
                (ended,) = await asyncio.gather(task, return_exceptions=True)
                assert isinstance(ended, bytes) or ended.reason == "crashed"
                assert await pool.run("echo", 1) == 1

    run(work())


def test_an_idle_worker_that_was_killed_costs_no_page():
    async def work():
        async with pool_of() as pool:
            process_id = await pool.run("pid")
            os.kill(process_id, signal.SIGKILL)
            wait_until(lambda: not is_alive(process_id))
            assert await pool.run("echo", 1) == 1

    run(work())


def test_workers_wait_for_their_turn_in_order():
    async def work():
        async with pool_of(1) as pool:
            done = []

            async def one(number):
                done.append(await pool.run("echo", number))

            await asyncio.gather(*map(one, range(50)))
            assert done == list(range(50))

    run(work())


def test_a_worker_is_replaced_after_its_share(monkeypatch):
    monkeypatch.setattr(pool_module, "_TASKS_PER_WORKER", 3)

    async def work():
        async with pool_of() as pool:
            pids = [await pool.run("pid") for _ in range(7)]
        assert [pids.index(pid) for pid in pids] == [0, 0, 0, 3, 3, 3, 6]

    run(work())


def test_nothing_starts_before_it_is_needed():
    async def work():
        async with pool_of(4) as pool:
            assert not children_of(os.getpid())
            await pool.run("echo", 1)
            assert len(children_of(children_of(os.getpid())[0])) == 1

    run(work())


def children_of(process_id):
    return [
        int(child) for child in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    ]


def test_nothing_is_left_after_the_end():
    async def work():
        async with pool_of(2) as pool:
            pids = await asyncio.gather(pool.run("pid"), pool.run("pid"))
            pids += children_of(os.getpid())
        wait_until(lambda: not any(map(is_alive, pids)))

    run(work())


def test_a_cancelled_task_takes_its_worker_along():
    async def work():
        async with pool_of() as pool:
            process_id = await pool.run("pid")
            task = asyncio.ensure_future(pool.run("spin"))
            await asyncio.sleep(0.05)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            wait_until(lambda: not is_alive(process_id))
            assert await pool.run("echo", 1) == 1

    run(work())


def test_no_nursery_is_told(monkeypatch, capfd):
    monkeypatch.setattr(pool_module, "COMMAND", (sys.executable, "-c", "raise SystemExit('no such library')"))

    async def work():
        async with pool_of() as pool:
            with pytest.raises(WorkerError) as raised:
                await pool.run("echo", 1)
            assert raised.value.reason == "unavailable"

    run(work())
    assert "no such library" in capfd.readouterr().err


def test_workers_say_nothing(capfd):
    async def work():
        async with pool_of() as pool:
            await pool.run("noisy")

    run(work())
    assert capfd.readouterr() == ("", "")


PARENT = """
import asyncio, sys, os
from newscrawl.workers import Limits, WorkerPool, pool as pool_module
pool_module.COMMAND = (sys.executable, "-P", "-c", sys.argv[1])
async def work():
    pool = WorkerPool(Limits(2, seconds=60))
    print(await pool.run("pid"), flush=True)
    tasks = [asyncio.ensure_future(pool.run(name)) for name in ("spin", "sleep")]
    await asyncio.sleep(60)
asyncio.run(work())
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_workers_die_with_the_crawl(sign):
    """Busy and idle ones, also when it had no time to end them."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, NURSERY], stdout=subprocess.PIPE, text=True)
    with parent:
        parent.stdout.readline()
        (nursery,) = children_of(parent.pid)
        wait_until(lambda: len(children_of(nursery)) >= 1)
        pids = [nursery, *children_of(nursery)]
        parent.send_signal(sign)
    wait_until(lambda: not any(map(is_alive, pids)))


def test_ctrl_c_is_for_the_crawl_alone():
    async def work():
        async with pool_of() as pool:
            process_id = await pool.run("pid")
            os.kill(process_id, signal.SIGINT)
            os.kill(children_of(os.getpid())[0], signal.SIGINT)
            assert await pool.run("pid") == process_id

    run(work())


def test_workers_inherit_no_sockets():
    """A worker holds its own socket and the standard streams, nothing of the crawl: no archive, no connection."""

    async def work():
        with socket.socket() as ours:
            ours.bind(("127.0.0.1", 0))
            async with pool_of() as pool:
                process_id = await pool.run("pid")
                names = [str(entry.readlink()) for entry in Path(f"/proc/{process_id}/fd").iterdir()]
        assert sum(name.startswith("socket:") for name in names) == 1, names

    run(work())
