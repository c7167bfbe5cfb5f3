"""Worker processes with a limit of time and of memory for each task, without a thread and without a shared lock."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.exceptions import WorkerError
from newscrawl.workers.messages import pack, receive_message
from newscrawl.workers.nursery import Answer

_START_SECONDS = 60.0
"""Until a first worker must have said its name: imports on a slow, cold disk."""
_TASKS_PER_WORKER = 1_000
"""Then it is replaced, so that what a library leaks stays small; the new one costs milliseconds."""
_BUFFER = 1 << 20
COMMAND = (sys.executable, "-P", "-m", "newscrawl.workers")
"""The nursery. Without -P its folder would be searched for modules before the library."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many workers there may be, and what one task may cost."""

    workers: int
    seconds: float = 8.0
    """Of the clock on the wall, from the moment that a worker has been given the task."""
    megabytes: int = 1024
    """Address space of a worker, its 100 MB of libraries included."""


class WorkerPool:
    """Runs tasks by name (`newscrawl.workers.tasks`). Workers start when there is something to do.

    Belongs to the event loop that it is first used in.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.workers)
        self._idle: list[_Worker] = []
        self._nursery: _Nursery | None = None

    def is_at_hand(self, key: str) -> bool:
        """Return whether the worker that did the last task of a key waits for another."""
        return any(key in worker.keys and worker.is_alive for worker in self._idle)

    async def run(self, task: str, *arguments: Any, key: str = "") -> Any:  # noqa: ANN401
        """Return what a task returns; raise what it raises. Tasks of one key go to one worker, if it is free.

        Raises:
            WorkerError: ``timeout``, ``memory``, ``crashed``: what became of the worker; ``unavailable``: none starts.
        """
        async with self._slots:
            try:
                answer = await self._answer(task, arguments, key)
            except (EOFError, ConnectionError):  # perhaps not by this task: the system kills whom it likes
                try:
                    answer = await self._answer(task, arguments, key)
                except (EOFError, ConnectionError):
                    raise WorkerError("crashed", "the process that read it died, twice") from None
        if isinstance(answer.error, MemoryError):
            raise WorkerError("memory", f"needs more than {self._limits.megabytes} MB")
        if answer.error is not None:
            raise answer.error
        return answer.value

    async def _answer(self, task: str, arguments: tuple[Any, ...], key: str) -> Answer:
        worker = self._next_idle(key) or await self._new_worker()
        try:
            answer = await asyncio.wait_for(worker.ask(task, arguments), self._limits.seconds)
        except TimeoutError:
            raise WorkerError("timeout", f"took longer than {self._limits.seconds:g} s") from None
        else:
            worker.keys[key] = None
            if worker.tasks_done < _TASKS_PER_WORKER and not isinstance(answer.error, MemoryError):
                self._idle.append(worker)
            return answer
        finally:
            if worker not in self._idle:
                worker.kill()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """Of the workers that wait for a task."""
        return tuple(worker.process_id for worker in self._idle)

    async def close(self) -> None:
        """End all workers. What is still being done is lost; a later task starts the pool anew."""
        for worker in self._idle:
            worker.kill()
        self._idle.clear()
        if self._nursery is not None:
            nursery, self._nursery = self._nursery, None
            await nursery.close()

    def _next_idle(self, key: str) -> _Worker | None:
        while self._idle:
            last = max(range(len(self._idle)), key=lambda n: (key in self._idle[n].keys, n))
            worker = self._idle.pop(last)
            if worker.is_alive:
                return worker
            worker.kill()  # somebody else did; what is left is our end of its socket
        return None

    async def _new_worker(self) -> _Worker:
        if self._nursery is None or not self._nursery.is_alive:
            self._nursery = _Nursery(self._limits)
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_unix_connection(sock=ours, limit=_BUFFER)
        try:
            with theirs:
                self._nursery.fork(theirs)
            process_id = await asyncio.wait_for(receive_message(reader), _START_SECONDS)
        except (OSError, EOFError, TimeoutError) as error:
            writer.close()
            raise WorkerError("unavailable", f"no worker process starts ({error!r})") from error
        return _Worker(process_id, reader, writer)


class _Worker:
    """One worker process, seen from the crawl."""

    def __init__(self, process_id: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.process_id = process_id
        self.tasks_done = 0
        self.keys: dict[str, None] = {}
        """Of the tasks that it has done."""
        self._reader = reader
        self._writer = writer

    @property
    def is_alive(self) -> bool:
        """Whether the process is there. The nursery leaves no zombies, so a signal of nothing finds out."""
        try:
            os.kill(self.process_id, 0)
        except ProcessLookupError:
            return False
        return not self._reader.at_eof()

    async def ask(self, task: str, arguments: tuple[Any, ...]) -> Answer:
        """Return the answer to a task."""
        self._writer.write(pack((task, arguments)))
        await self._writer.drain()
        answer: Answer = await receive_message(self._reader)
        self.tasks_done += 1
        return answer

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        with suppress(ProcessLookupError):
            os.kill(self.process_id, signal.SIGKILL)
        self._writer.close()


class _Nursery:
    """The process that workers are forked from, seen from the crawl."""

    def __init__(self, limits: Limits) -> None:
        self._control, theirs = socket.socketpair()
        numbers = map(str, (os.getpid(), limits.megabytes, limits.seconds))
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        with theirs:
            self._process = subprocess.Popen(
                (*COMMAND, *numbers), stdin=theirs.fileno(), env={**os.environ, "PYTHONPATH": path}
            )

    @property
    def is_alive(self) -> bool:
        """Whether workers can be had from it."""
        return self._process.poll() is None

    def fork(self, connection: socket.socket) -> None:
        """Have a worker serve a connection."""
        socket.send_fds(self._control, [b"\0"], [connection.fileno()])

    async def close(self) -> None:
        """End it; it holds nothing that could be lost."""
        self._control.close()
        self._process.kill()
        await asyncio.to_thread(self._process.wait)
