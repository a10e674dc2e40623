"""Starts the workers, breaks things under them, and has what is in doubt sent again."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connections

from tests.ledger.hammer.judge import Verdict, judge
from tests.ledger.hammer.orders import Order
from tests.ledger.hammer.worker import Worker

if TYPE_CHECKING:
    from tests.ledger.hammer.site import Site

BACKENDS = "SELECT pid FROM pg_stat_activity WHERE usename = 'trellis_owner'"


@dataclass
class Foreman:
    """``kills``, ``cuts`` and ``crashes``: how many of each during ``seconds``."""

    site: Site
    seconds: float
    workers: int = 8
    kills: int = 0
    cuts: int = 0
    crashes: int = 0
    narrow: bool = False
    _running: dict[int, int] = field(default_factory=dict)
    _started: int = 0

    def run(self) -> Verdict:
        for _ in range(self.workers):
            self._start()
        try:
            self._break_things()
        finally:
            self.site.finish()
            self._wait()
        return judge(self.site, retried=self._retry())

    def _start(self) -> None:
        connections.close_all()
        number = self._started
        self._started += 1
        pid = os.fork()
        if pid:
            self._running[pid] = number
            return
        code = 1
        try:
            Worker(self.site, number, narrow=self.narrow).work()
            code = 0
        finally:
            os._exit(code)

    def _break_things(self) -> None:
        chance = random.Random(1)
        faults = [self._kill] * self.kills + [self._cut] * self.cuts + [self._crash] * self.crashes
        chance.shuffle(faults)
        begun = time.monotonic()
        for number, fault in enumerate(faults, start=1):
            self._sleep_until(begun + self.seconds * number / (len(faults) + 1))
            fault()
        self._sleep_until(begun + self.seconds)

    @staticmethod
    def _sleep_until(moment: float) -> None:
        time.sleep(max(0.0, moment - time.monotonic()))

    def _kill(self) -> None:
        """One worker dies in the middle of whatever it does; another one takes its place."""
        pid = next(iter(self._running))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        del self._running[pid]
        self._start()

    def _cut(self) -> None:
        assert self.site.server
        self.site.server.sql(
            f"SELECT pg_terminate_backend(pid) FROM ({BACKENDS} ORDER BY random() LIMIT 2) x"
        )

    def _crash(self) -> None:
        assert self.site.server
        self.site.server.crash()

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while self._running and time.monotonic() < until:
            with contextlib.suppress(ChildProcessError):
                pid, _status = os.waitpid(-1, os.WNOHANG)
                self._running.pop(pid, None)
            time.sleep(0.02)
        for pid in self._running:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _retry(self) -> int:
        """Send again, with the same key, what had no answer; how many there were."""
        told = {line.split()[0] for line in self.site.read("told")}
        orders = {str(order.idem): order for order in map(Order.of, self.site.read("sent"))}
        doubtful = [order for key, order in orders.items() if key not in told]
        worker = Worker(self.site, self._started)
        for order in doubtful:
            worker.send(order)
            worker.send(order)  # once more: it must be the same event, or the same refusal
        return len(doubtful)
