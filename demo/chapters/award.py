"""The panel settles ties, the list is frozen and sealed, the letters leave."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from grants.actions import award, panel, ranking
from grants.queries import ranking as standings

if TYPE_CHECKING:
    from demo.stage import Stage

PANEL = datetime(2022, 3, 3, 9, 0, tzinfo=UTC)
FROZEN = datetime(2022, 3, 10, 9, 0, tzinfo=UTC)
AWARDED = datetime(2022, 4, 4, 9, 0, tzinfo=UTC)


def play(stage: Stage) -> None:
    """Ties no key decides go to the panel; then the list is fixed and the grants awarded."""
    coordinator = stage.officer("CC")
    for tie in standings.standing(stage.call).ties:
        panel.decide_tie(
            stage.call.pk,
            proposals=[UUID(entrant.ref) for entrant in tie],
            reason="The first covers regions that no proposal above it covers.",
            actor=coordinator,
            at=PANEL,
        )
    ranking.freeze(stage.call.pk, actor=coordinator, at=FROZEN)
    stage.tell("Ranking", 1, 2)
    award.award(stage.call.pk, actor=stage.officer("AO"), at=AWARDED)
    stage.tell("Ranking", 2, 2)
