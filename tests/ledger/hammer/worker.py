"""One process that posts as fast as it can, and writes down what it was told.

Three files, each line written before the next thing happens: ``sent`` (the order, before it is
sent), ``told`` (key, event and whether it was refused, after the answer), ``odd`` (what no answer
should be: a deadlock, a busy database). They outlive the process, however it ends.
"""

from __future__ import annotations

import os
import random
import time
import uuid
from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from core.errors import DomainError
from ledger import api
from tests.factories.ledger import AT, DAY
from tests.ledger.hammer.orders import TWINS, Order, an_order

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledger.hammer.site import Site

REPLAYS, TWINNED = 0.1, 0.05


class Worker:
    """``number`` names its files and seeds its chance."""

    def __init__(self, site: Site, number: int, *, narrow: bool = False) -> None:
        self.site, self.number, self.narrow = site, number, narrow
        self.book, self.paper, self.actor, self.approver = site.people()
        self.files = {
            name: _file(site.folder / f"{name}.{number}") for name in ("sent", "told", "odd")
        }
        self.done: list[Order] = []

    def write(self, name: str, line: str) -> None:
        os.write(self.files[name], line.encode())

    def work(self) -> None:
        chance = random.Random(self.number)
        count = 0
        while not self.site.is_over():
            count += 1
            if self.done and chance.random() < REPLAYS:
                order = chance.choice(self.done)
            elif chance.random() < TWINNED:
                shared = f"{self.number // 2}/{count // 20}"
                key = uuid.uuid5(TWINS, shared)
                order = an_order(random.Random(shared), idem=key, narrow=self.narrow)
            else:
                key = uuid.UUID(int=chance.getrandbits(128), version=4)
                order = an_order(chance, idem=key, narrow=self.narrow)
            self.send(order)

    def send(self, order: Order) -> bool:
        """True when an answer came: posted, or refused for a reason."""
        self.write("sent", order.line())
        try:
            posted = self.post(order)
        except DomainError:
            self.write("told", f"{order.idem} refused\n")
        except (OperationalError, InterfaceError) as error:
            self._lost(error)
            return False
        except DatabaseError as error:
            self.write("odd", f"{type(error).__name__} {_first(error)}\n")
            return False
        else:
            self.write("told", f"{order.idem} {posted}\n")
            if len(self.done) < 500:
                self.done.append(order)
        return True

    def post(self, order: Order) -> int:
        event = api.LedgerEvent(
            order.idem, order.kind, self.paper, DAY, order.event_legs(self.book), self.approver
        )
        posted = api.post(event, actor=self.actor, at=AT)
        assert posted
        return posted.pk

    def _lost(self, error: Exception) -> None:
        """The answer did not come; whether it was posted is not known."""
        if any(word in str(error) for word in ("deadlock", "locked")):
            self.write("odd", f"{type(error).__name__} {_first(error)}\n")
        for _ in range(200):
            try:
                connection.close()
                connection.ensure_connection()
            except (OperationalError, InterfaceError):
                time.sleep(0.05)
            else:
                return


def _first(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _file(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
