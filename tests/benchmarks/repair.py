"""What repair costs: characters a second of the pinyin rule, of all rules, and with the region told.

    python -m tests.benchmarks.repair [documents]

Injected text has a gloss behind every tenth word; clean text is the same without. CPU time of one process,
the best of three rounds in turns; compare the ratios, never the absolute figures of two machines.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

from newscrawl.repair import repair_text
from newscrawl.repair.draft import Draft
from newscrawl.repair.engine import run_rules
from newscrawl.repair.pinyin import find
from newscrawl.repair.rules import RULES
from newscrawl.text.normal import to_nfkc

ROUNDS = 3


def injection() -> ModuleType:
    """Return the injector of the tests."""
    path = Path(__file__).parents[1] / "repair/injection.py"
    spec = importlib.util.spec_from_file_location("injection", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(count: int) -> tuple[list[str], list[str]]:
    """Return so many documents, clean and injected."""
    injector = injection()
    chance = random.Random(7)
    clean, injected = [], []
    for words in injector.documents(count):
        clean.append(to_nfkc("".join(words)))
        injected.append(to_nfkc(injector.injected(words, "as in seed 000", chance)[0]))
    return clean, injected


def measure(work: Callable[[str], object], documents: Iterable[str]) -> float:
    """Return the CPU seconds that the work takes on all documents."""
    start = time.process_time()
    for document in documents:
        work(document)
    return time.process_time() - start


WORK: dict[str, Callable[[str], object]] = {
    "pinyin rule": lambda text: find(Draft(text)),
    "all rules": lambda text: run_rules(text, RULES),
    "repair_text": repair_text,
}


def main() -> None:
    """Print a table of characters a second."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 300
    clean, injected = texts(count)
    kinds = {
        "clean": clean,
        "clean, one text": ["\n".join(clean)],
        "injected": injected,
        "injected, one text": ["\n".join(injected)],
    }
    best: dict[tuple[str, str], float] = {}
    for _ in range(ROUNDS):
        for name, work in WORK.items():
            for kind, documents in kinds.items():
                seconds = measure(work, documents)
                best[name, kind] = min(seconds, best.get((name, kind), seconds))
    print(f"{count} documents, millions of characters a second, one core")
    print(f"{'':14}" + "".join(f"{kind:>20}" for kind in kinds))
    for name in WORK:
        rates = (sum(map(len, kinds[kind])) / best[name, kind] / 1e6 for kind in kinds)
        print(f"{name:14}" + "".join(f"{rate:20.2f}" for rate in rates))


if __name__ == "__main__":
    main()
