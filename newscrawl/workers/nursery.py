"""The process that workers are forked from: it has loaded everything, so a new worker costs milliseconds.

    crawl --(a socket's end, over the control socket)--> nursery --fork--> worker, which serves that socket

It runs no task, so nothing of a page is ever in the memory that its children inherit, and it ends when the
control socket does.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from traceback import format_exc
from typing import Any, BinaryIO, NamedTuple

from newscrawl.exceptions import PageError
from newscrawl.workers.confinement import die_with, leave_signals_to_the_crawl, limit_memory, set_alarm
from newscrawl.workers.messages import HEAD, pack, read_message


class Answer(NamedTuple):
    """What became of a task: its value, or the exception that it raised."""

    value: Any = None
    error: BaseException | None = None


def main(control: socket.socket, *, parent: int, megabytes: int, seconds: float) -> None:
    """Fork a worker for every socket that comes in, until the crawl is gone."""
    leave_signals_to_the_crawl()
    die_with(parent)
    from newscrawl.workers.tasks import TASKS  # what takes time to load

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    _be_silent()
    gc.collect()
    gc.freeze()
    nursery = os.getpid()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        if os.fork() == 0:
            control.close()
            die_with(nursery)
            limit_memory(megabytes)
            with socket.socket(fileno=descriptors[0]) as connection:
                serve(connection, TASKS, seconds)
            os._exit(0)
        os.close(descriptors[0])


def serve(connection: socket.socket, tasks: Mapping[str, Callable[..., Any]], seconds: float) -> None:
    """Say our process id, then answer one task after the other."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    connection.sendall(pack(os.getpid()))
    stream: BinaryIO = connection.makefile("rb")
    while True:
        try:
            name, arguments = read_message(stream)
        except (EOFError, ConnectionError):
            return
        set_alarm(seconds)
        answer = pack_answer(_answer(tasks[name], arguments))
        set_alarm(0)
        try:
            connection.sendall(answer)
        except ConnectionError:
            return


def _answer(task: Callable[..., Any], arguments: tuple[Any, ...]) -> Answer:
    try:
        return Answer(value=task(*arguments))
    except PageError as error:
        return Answer(error=error.with_traceback(None))
    except MemoryError:
        return Answer(error=MemoryError())
    except Exception as error:
        error.add_note(format_exc())  # a traceback does not travel
        return Answer(error=error)


def pack_answer(answer: Answer) -> bytes:
    """Return an answer as a message; what cannot travel is told in words."""
    try:
        message = pack(answer)
        if answer.error is not None:
            pickle.loads(
                message[HEAD:]
            )  # exceptions are made again from their arguments, which not all allow
        return message
    except MemoryError:
        return pack(Answer(error=MemoryError()))
    except Exception as error:
        return pack(Answer(error=RuntimeError(f"the answer cannot be sent: {error!r} ({answer.error!r})")))


def _be_silent() -> None:
    """Send away what libraries write by themselves: it may be a page's text, and the log is no place for it."""
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
