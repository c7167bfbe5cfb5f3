from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import resource
from scrapy.utils.test import get_crawler
from newscrawl.extensions.memory import ResidentMemory
memory = ResidentMemory(get_crawler(settings_dict={"MEMUSAGE_ENABLED": True}))
print(memory.get_virtual_size(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""
SPENDER = "import subprocess, sys; b = bytearray(400 << 20); sys.exit(subprocess.call([sys.executable, '-c', sys.argv[1]]))"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the memory of a process as a file")
def test_the_memory_of_whoever_started_it_does_not_count():
    process = subprocess.run(
        [sys.executable, "-c", SPENDER, SCRIPT], capture_output=True, text=True, timeout=60, check=True
    )
    resident, _peak = map(int, process.stdout.split())
    assert 10 << 20 < resident < 200 << 20
