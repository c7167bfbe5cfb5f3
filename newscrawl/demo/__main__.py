"""``python -m newscrawl.demo [--port N]``: serves the newsroom until it is interrupted."""

from __future__ import annotations

import argparse
import threading

from newscrawl.demo import Newsroom, serve


def main() -> None:
    """Serve the newsroom and say where."""
    parser = argparse.ArgumentParser(prog="python -m newscrawl.demo", description="Serves the demo newsroom.")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    port = parser.parse_args().port
    try:
        with serve(Newsroom.load(), port=port) as server:
            print(*(server.url(outlet.host) for outlet in server.newsroom.outlets), flush=True)
            threading.Event().wait()
    except KeyboardInterrupt:
        print()
    except (OSError, OverflowError) as error:
        parser.exit(1, f"port {port}: {error}\n")


if __name__ == "__main__":
    main()
