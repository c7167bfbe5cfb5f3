"""``python -m newscrawl.demo [--port N]``: serves the newsroom until it is interrupted."""

from __future__ import annotations

import argparse
import time

from newscrawl.demo import Newsroom, serve


def main() -> None:
    """Serve the newsroom and say where."""
    parser = argparse.ArgumentParser(prog="python -m newscrawl.demo", description="Serves the demo newsroom.")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    newsroom = Newsroom.load()
    with serve(newsroom, port=parser.parse_args().port) as server:
        print(*(server.url(outlet.host) for outlet in newsroom.outlets), flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
