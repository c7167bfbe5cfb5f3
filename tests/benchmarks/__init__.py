"""What can be measured, each by ``python -m tests.benchmarks.NAME``; all of it by ``python -m tests.benchmarks``."""
