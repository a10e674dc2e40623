"""What the terminal shows while the story is played: a line a chapter, with its count and time."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TextIO

WIDTH = 28


class Voice:
    """Redraws one line on a terminal; writes one line a part where there is none."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.began = monotonic()
        self.part = ""

    def tell(self, part: str, done: int, total: int) -> None:
        """``done`` of ``total`` in this part of the story."""
        if part != self.part:
            self.close()
            self.part = part
        if self.out.isatty():
            filled = WIDTH * done // max(total, 1)
            bar = "█" * filled + "░" * (WIDTH - filled)
            self.out.write(f"\r  {part:<22} {bar} {done:>5}/{total:<5} {self.seconds:5.1f} s")
            self.out.flush()
        elif done == total:
            self.out.write(f"  {part:<22} {total:>5}  {self.seconds:5.1f} s\n")
            self.out.flush()

    def close(self) -> None:
        if self.part and self.out.isatty():
            self.out.write("\n")
        self.part = ""

    @property
    def seconds(self) -> float:
        return monotonic() - self.began
