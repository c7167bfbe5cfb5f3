"""A terminal in small: what stands on the screen after some output, as far as rich moves its cursor."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z])|(\r)|(\n)|([^\x1b\r\n]+)")


class Screen:
    """Lines without end; text longer than the width goes on in the next one, as in a real terminal."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines = [""]
        self._row = self._column = 0

    def feed(self, output: str) -> None:
        """Take in output."""
        for number, letter, cr, lf, text in _TOKEN.findall(output):
            if cr:
                self._column = 0
            elif lf:
                self._down()
            elif text:
                self._put(text)
            elif letter == "A":
                self._row = max(self._row - int(number or 1), 0)
            elif letter == "K":
                self.lines[self._row] = "" if number == "2" else self.lines[self._row][: self._column]
            else:
                assert letter in "mhl", f"unknown sequence ESC[{number}{letter}"

    def _down(self):
        self._row += 1
        if self._row == len(self.lines):
            self.lines.append("")

    def _put(self, text):
        for character in text:
            if self._column == self.width:
                self._column = 0
                self._down()
            line = self.lines[self._row].ljust(self._column)
            self.lines[self._row] = line[: self._column] + character + line[self._column + 1 :]
            self._column += 1
