"""What a worker may not do: use more memory than it is given, outlive the crawl, answer Ctrl-C."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1
_GRACE = 5.0  # seconds after which a worker whose crawl did not stop it stops itself


def die_with(parent: int) -> None:
    """Ask the system to kill this process when its parent ends, also by kill -9. Linux only; see ``set_alarm``."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we had asked
        os._exit(1)


def leave_signals_to_the_crawl() -> None:
    """Ignore Ctrl-C, which a terminal sends to the whole group: the crawl finishes what it has begun."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def limit_memory(megabytes: int) -> None:
    """Let allocations fail above so much address space; a core file of a crash would be as large."""
    limit = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def set_alarm(seconds: float) -> None:
    """Let the system kill this process some time after its limit, should nobody do it before; 0 clears it.

    The default action of SIGALRM needs no Python to run, so it ends loops in C as well.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE if seconds else 0)
