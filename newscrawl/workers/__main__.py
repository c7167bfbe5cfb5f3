"""The nursery as a process: ``python -m newscrawl.workers PARENT MEGABYTES SECONDS``, the control socket as stdin."""

from __future__ import annotations

import socket
import sys

from newscrawl.workers.nursery import main

if __name__ == "__main__":
    parent, megabytes, seconds = sys.argv[1:]
    main(socket.socket(fileno=0), parent=int(parent), megabytes=int(megabytes), seconds=float(seconds))
