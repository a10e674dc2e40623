"""SME calls, awards and vouchers: from the pool to a commitment, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger import api
from tests.ledger.model.act import APPLICATIONS, CALLS, GROUPS, Act, amount, one_of, payee_of, plain
from tests.ledger.model.world import Move, move

if TYPE_CHECKING:
    from tests.ledger.model.act import Draw
    from tests.ledger.model.world import World

ENDED = ("B.VCH", "B.VADV", "B.CLAIM", "P.SADV")
"""What a voucher has: closed when all of it is empty."""


def sme_call_opened(world: World, draw: Draw, book: int) -> Act:
    cents = amount(draw, world.of("B.POOL"))
    return plain(book, "sme_call_opened", move("B.POOL", "B.CALL", cents, to=draw.pick(CALLS)))


def sme_call_done(world: World, draw: Draw, book: int) -> Act:
    call = one_of(draw, world.keys("B.CALL"), CALLS)
    cents = amount(draw, world.of("B.CALL", call))
    return plain(book, "sme_call_done", move("B.CALL", "B.POOL", cents, frm=call))


def headroom_opened(world: World, draw: Draw, book: int) -> Act:
    """Once for each group, whatever is tried later."""
    group = one_of(draw, sorted({*GROUPS} - world.opened), GROUPS)
    cap = draw.whole(1, max(world.of("B.AWARD"), 1))
    return plain(book, "headroom_opened", move("L.CTL", "L.CAP", cap, to=group))


def application_awarded(world: World, draw: Draw, book: int) -> Act:
    application = draw.pick(APPLICATIONS)
    fresh = one_of(draw, world.keys("B.CALL"), CALLS), one_of(draw, world.keys("L.CAP"), GROUPS)
    call, group = world.applications.get(application, fresh)
    group = world.head(group)
    cents = amount(draw, min(world.of("B.CALL", call), world.of("L.CAP", group)))
    moves = [
        move("B.CALL", "B.RESV", cents, frm=call, to=application),
        move("L.CAP", "L.USED", cents, frm=group, to=group),
    ]
    legs = api.legs.application_awarded(
        book, call=call, application=application, group=group, amount=cents
    )
    made = Act("application_awarded", moves, legs)
    made.then = lambda w: w.applications.update({application: (call, group)})
    return made


def award_lapsed(world: World, draw: Draw, book: int) -> Act:
    application = one_of(draw, world.keys("B.RESV"), APPLICATIONS)
    call, group = world.applications.get(application, (CALLS[0], GROUPS[0]))
    cents = amount(draw, world.of("B.RESV", application))
    return lapsed(world, book, application, call=call, group=group, cents=cents)


def lapsed(world: World, book: int, application: str, *, call: str, group: str, cents: int) -> Act:
    head = world.head(group)
    moves = [
        move("B.RESV", "B.CALL", cents, frm=application, to=call),
        *world.given_back(group, cents),
    ]
    legs = api.legs.award_lapsed(
        book,
        call=call,
        application=application,
        group=head,
        amount=cents,
        above=world.above(head),
    )
    return Act("award_lapsed", moves, legs)


def groups_linked(world: World, draw: Draw, book: int) -> Act:
    """Two groups turn out to be one; as a rule two that have their head-room."""
    heads = [group for group in GROUPS if world.head(group) == group]
    first = draw.pick(heads)
    second = draw.pick([group for group in GROUPS if group != first])
    used, room = world.of("L.USED", second), world.of("L.CAP", first)
    used = used or int(not world.of("L.CAP", second))
    moves = [
        move("L.CAP", "L.CTL", world.of("L.CAP", second), frm=second),
        move("L.USED", "L.USED", used, frm=second, to=first),
        move("L.CAP", "L.CTL", min(room, used), frm=first),
    ]
    legs = api.groups_linked(
        book,
        first=first,
        second=second,
        first_room=room,
        second_room=world.of("L.CAP", second),
        used=used,
    )

    def then(world: World) -> None:
        places = {("L.CAP", second), ("L.USED", second)}
        world.closed |= world.touched & places
        world.joined[second] = first

    return Act("groups_linked", moves, legs, then=then)


def voucher_issued(world: World, draw: Draw, book: int) -> Act:
    application = one_of(draw, world.keys("B.RESV"), APPLICATIONS)
    voucher = application.replace("a", "v")
    cents = amount(draw, world.of("B.RESV", application))
    moves = [move("B.RESV", "B.VCH", cents, frm=application, to=voucher)]
    legs = api.legs.voucher_issued(book, application=application, voucher=voucher, amount=cents)
    made = Act("voucher_issued", moves, legs)
    made.then = lambda w: w.vouchers.update({voucher: w.applications[application]})
    return made


def vouchers_issued(world: World, draw: Draw, book: int) -> Act:
    """Signed as they are awarded: one or two at once, each of another group."""
    call, groups = one_of(draw, world.keys("B.CALL"), CALLS), GROUPS[: draw.pick((1, 2))]
    vouchers = [f"w{group}" for group in groups]
    room = min(world.of("L.CAP", group) for group in groups)
    each = amount(draw, min(world.of("B.CALL", call) // len(groups), room))
    moves: list[Move] = []
    for voucher, group in zip(vouchers, groups, strict=True):
        moves += [
            move("B.CALL", "B.VCH", each, frm=call, to=voucher),
            move("L.CAP", "L.USED", each, frm=group, to=group),
        ]
    legs = api.legs.vouchers_issued(
        book, call=call, issued=[(v, g, each) for v, g in zip(vouchers, groups, strict=True)]
    )
    made = Act("vouchers_issued", moves, legs)
    known = {v: (call, g) for v, g in zip(vouchers, groups, strict=True)}
    made.then = lambda w: w.vouchers.update(known)
    return made


def a_voucher(world: World, draw: Draw) -> tuple[str, str, str]:
    """A voucher, its SME call and its group; one that does not exist when there is none."""
    voucher = one_of(draw, sorted(world.vouchers), ["v0"])
    return (voucher, *world.vouchers.get(voucher, (CALLS[0], GROUPS[0])))


def voucher_ended(world: World, draw: Draw, book: int) -> Act:
    voucher, call, group = a_voucher(world, draw)
    to_call, payee = draw.pick((True, False)), payee_of(group, draw)
    rest = amount(draw, world.of("B.VCH", voucher))
    out = world.of("B.VADV", voucher)
    return ended(
        world,
        book,
        voucher=voucher,
        group=group,
        payee=payee,
        rest=rest,
        advance=out and amount(draw, out),
        call=call if to_call else "",
    )


def ended(
    world: World,
    book: int,
    *,
    voucher: str,
    group: str,
    payee: str,
    rest: int,
    advance: int,
    call: str,
) -> Act:
    head = world.head(group)
    target = "B.CALL" if call else "B.POOL"
    moves = [
        move("B.VCH", target, rest, frm=voucher, to=call),
        *world.given_back(group, rest),
        move("B.VADV", target, advance, frm=voucher, to=call),
        move("P.SREC", "P.SADV", advance, frm=payee, to=voucher),
    ]
    legs = api.legs.voucher_ended(
        book,
        voucher=voucher,
        group=head,
        payee=payee,
        rest=rest,
        advance=advance,
        call=call or None,
        above=world.above(head),
    )
    return Act("voucher_ended", moves, legs)


ACTS = (
    sme_call_opened,
    sme_call_done,
    headroom_opened,
    application_awarded,
    award_lapsed,
    groups_linked,
    voucher_issued,
    vouchers_issued,
    voucher_ended,
)
