"""The meter of the share that reaches SMEs: a track, what was done of it, and the floor.

The floor (three quarters of a grant for SMEs, docs/domain.md) is the madder line. A share is never
rounded up to the floor, so that no bar reaches it before the money does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from core.money import Cents
from core.presentation import formats, markup
from core.presentation.tables import Column, Link, Table

FLOOR_BP = 7_500


def width(basis_points: int) -> str:
    """A share as a width in the drawing: `77.42%`, between nothing and all."""
    kept = min(max(basis_points, 0), 10_000)
    return f"{kept // 100}.{kept % 100:02d}%"


@dataclass(frozen=True)
class ShareMeter:
    """Of one sum: what goes to SMEs and what does not, against the floor."""

    sme: Cents
    total: Cents
    floor_bp: int = FLOOR_BP
    template = "components/meter_share.html"

    @property
    def share_bp(self) -> int:
        """The SMEs' share."""
        return formats.share_of(self.sme, self.total)

    @property
    def rest(self) -> Cents:
        """What does not go to SMEs."""
        return self.total - self.sme

    @property
    def holds(self) -> bool:
        """Whether the floor is kept; exact, not by the rounded share."""
        return self.total > 0 and self.sme * 10_000 >= self.floor_bp * self.total

    @property
    def bar(self) -> str:
        """Width of the SMEs' part."""
        return width(self.share_bp)

    @property
    def bar_css(self) -> str:
        """Its colour: red under the floor."""
        return "m-acc" if self.holds else "m-bad"

    @property
    def floor(self) -> str:
        """Place of the madder line."""
        return width(self.floor_bp)

    @property
    def verdict(self) -> str:
        """A tag: at or above the floor, or under it."""
        return floor_tag(holds=self.holds, floor_bp=self.floor_bp, family="bad")

    @property
    def sentence(self) -> str:
        """The meter in words."""
        return gettext("%(share)s to SMEs, the floor is %(floor)s") % {
            "share": formats.share(self.share_bp),
            "floor": formats.rate(self.floor_bp),
        }


@dataclass(frozen=True)
class Stage:
    """How far money has come: planned, committed, paid or accepted; cents of both kinds.

    ``urls``: what the two figures are made of, where there is a page of it.
    """

    words: str
    sme: Cents
    coordination: Cents
    css: str
    urls: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class PoolMeter:
    """A grant's pool for SMEs: `pool` is the least that must reach them, of `grant`.

    `stages` go from planned to accepted; each is drawn over the one before.
    """

    grant: Cents
    pool: Cents
    stages: Sequence[Stage]
    floor_bp: int = FLOOR_BP
    template = "components/meter_pool.html"

    @property
    def bars(self) -> list[tuple[str, str]]:
        """Class and width of each bar, the widest first."""
        return [
            (stage.css, width(formats.share_of(stage.sme, self.grant))) for stage in self.stages
        ]

    @property
    def line(self) -> str:
        """Place of the madder line: the pool within the grant."""
        return width(formats.share_of(self.pool, self.grant))

    @property
    def pool_bp(self) -> int:
        """The pool's share of the grant."""
        return formats.share_of(self.pool, self.grant)

    @property
    def rest(self) -> Cents:
        """The most that coordination can get."""
        return self.grant - self.pool

    @property
    def reached(self) -> int:
        """The SMEs' share of what stands in the last stage."""
        last = self.stages[-1]
        return formats.share_of(last.sme, last.sme + last.coordination)

    @property
    def sentence(self) -> str:
        """The meter in words."""
        parts = [f"{stage.words} {formats.money(stage.sme)}" for stage in reversed(self.stages)]
        words = gettext("Of a grant of %(grant)s: %(parts)s; the pool for SMEs is %(pool)s")
        return words % {
            "grant": formats.money(self.grant),
            "parts": ", ".join(parts),
            "pool": formats.money(self.pool),
        }

    def table(self) -> Table:
        """The figures behind the bars, with each stage's share judged against the floor."""
        columns = [
            Column(gettext("Stage"), "head"),
            Column(gettext("SME support EUR"), "money"),
            Column(gettext("Coordination EUR"), "money"),
            Column(gettext("Together EUR"), "money"),
            Column(gettext("Share"), "share"),
            Column(gettext("Against the floor"), hidden=True),
        ]
        return Table(gettext("Stages of the money"), columns, [self._row(s) for s in self.stages])

    def _row(self, stage: Stage) -> list[object]:
        together = stage.sme + stage.coordination
        judged = ShareMeter(stage.sme, together, self.floor_bp)
        tag = floor_tag(holds=judged.holds, floor_bp=self.floor_bp) if together else ""
        share = judged.share_bp if together else None
        pair = zip((stage.sme, stage.coordination), stage.urls, strict=True)
        sme, coordination = (Link(cents, url) if url else cents for cents, url in pair)
        return [stage.words, sme, coordination, together, share, tag]


def floor_tag(*, holds: bool, floor_bp: int, family: str = "warn") -> str:
    """A tag that judges a share; while money still moves, under the floor only warns."""
    floor = formats.rate(floor_bp)
    if holds:
        return markup.badge("good", gettext("at or above %(floor)s") % {"floor": floor})
    return markup.badge(family, gettext("under %(floor)s") % {"floor": floor})


def pool_stages(
    *,
    planned: tuple[Cents, Cents],
    committed: tuple[Cents, Cents],
    paid: tuple[Cents, Cents],
    accepted: tuple[Cents, Cents],
) -> list[Stage]:
    """The four stages, each a pair (SME support, coordination)."""
    return [
        Stage(gettext("Planned"), *planned, "m-plan"),
        Stage(gettext("Committed"), *committed, "m-comm"),
        Stage(gettext("Paid"), *paid, "m-paid"),
        Stage(gettext("Accepted"), *accepted, "m-acc"),
    ]
