"""What happens on a voucher: advances, claims, payments, and money asked back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ledger import api
from tests.ledger.model.act import GROUPS, PAYEES, Act, amount, one_of, payee_of, plain
from tests.ledger.model.support import a_voucher
from tests.ledger.model.world import Claim, Note, Supported, move

if TYPE_CHECKING:
    from tests.ledger.model.act import Draw
    from tests.ledger.model.world import World


def advance_ordered(world: World, draw: Draw, book: int) -> Act:
    voucher, _call, group = a_voucher(world, draw)
    payee, cents = payee_of(group, draw), amount(draw, world.of("B.VCH", voucher))
    moves = [
        move("B.VCH", "B.VADV", cents, frm=voucher, to=voucher),
        move("P.SADV", "P.SPAY", cents, frm=voucher, to=payee),
    ]
    legs = api.legs.advance_ordered(book, voucher=voucher, payee=payee, amount=cents)
    return Act("advance_ordered", moves, legs)


def advance_cancelled(world: World, draw: Draw, book: int) -> Act:
    voucher, _call, group = a_voucher(world, draw)
    payee = payee_of(group, draw)
    cents = amount(draw, min(world.of("B.VADV", voucher), world.of("P.SPAY", payee)))
    moves = [
        move("P.SPAY", "P.SADV", cents, frm=payee, to=voucher),
        move("B.VADV", "B.VCH", cents, frm=voucher, to=voucher),
    ]
    legs = api.legs.advance_cancelled(book, voucher=voucher, payee=payee, amount=cents)
    return Act("advance_cancelled", moves, legs)


def advance_executed(world: World, draw: Draw, book: int) -> Act:
    return _paid(world, draw, book, kind="advance_executed")


def payment_executed(world: World, draw: Draw, book: int) -> Act:
    return _paid(world, draw, book, kind="payment_executed")


def _paid(world: World, draw: Draw, book: int, *, kind: str) -> Act:
    payee = one_of(draw, world.keys("P.SPAY"), PAYEES)
    cents = amount(draw, world.of("P.SPAY", payee))
    legs = api.legs.payment_executed(book, payee=payee, amount=cents)
    return Act(kind, [move("P.SPAY", "P.BANK", cents, frm=payee)], legs)


def payment_returned(world: World, draw: Draw, book: int) -> Act:
    """The bank may send back anything at any time."""
    payee, cents = draw.pick(PAYEES), draw.whole(1, 300)
    legs = api.legs.payment_returned(book, payee=payee, amount=cents)
    return Act("payment_returned", [move("P.BANK", "P.SPAY", cents, to=payee)], legs)


def advance_returned(world: World, draw: Draw, book: int) -> Act:
    voucher = a_voucher(world, draw)[0]
    cents = amount(draw, world.of("B.VADV", voucher))
    moves = [
        move("P.BANK", "P.SADV", cents, to=voucher),
        move("B.VADV", "B.VCH", cents, frm=voucher, to=voucher),
    ]
    legs = api.legs.advance_returned(book, voucher=voucher, amount=cents)
    return Act("advance_returned", moves, legs)


def claim_submitted(world: World, draw: Draw, book: int) -> Act:
    voucher = a_voucher(world, draw)[0]
    advanced = world.of("B.VADV", voucher)
    cents = amount(draw, world.of("B.VCH", voucher) + advanced)
    claim = Claim(voucher, cents, min(cents, advanced))
    moves = [
        move("B.VADV", "B.CLAIM", claim.advance, frm=voucher, to=voucher),
        move("B.VCH", "B.CLAIM", cents - claim.advance, frm=voucher, to=voucher),
    ]
    legs = api.legs.claim_submitted(book, voucher=voucher, claimed=cents, advance=claim.advance)
    return Act("claim_submitted", moves, legs, Counter({claim: 1}))


def _a_claim(world: World, draw: Draw) -> Claim:
    return draw.pick(world.claims or [Claim("v0", draw.whole(1, 100), 0)])


def claim_refused(world: World, draw: Draw, book: int) -> Act:
    return refused(book, _a_claim(world, draw))


def refused(book: int, claim: Claim) -> Act:
    voucher, cents, advance = claim
    moves = [
        move("B.CLAIM", "B.VADV", advance, frm=voucher, to=voucher),
        move("B.CLAIM", "B.VCH", cents - advance, frm=voucher, to=voucher),
    ]
    legs = api.legs.claim_refused(book, voucher=voucher, claimed=cents, advance=advance)
    return Act("claim_refused", moves, legs, Counter({claim: -1}))


def claim_certified(world: World, draw: Draw, book: int) -> Act:
    claim = _a_claim(world, draw)
    group = world.vouchers.get(claim.voucher, ("", GROUPS[0]))[1]
    accepted = draw.pick((0, claim.claimed, claim.claimed, draw.whole(0, claim.claimed)))
    return certified(book, claim, accepted=accepted, payee=payee_of(group, draw))


def certified(book: int, claim: Claim, *, accepted: int, payee: str) -> Act:
    """The advance is used up first; what is not accepted goes back where it came from."""
    voucher, claimed, advance = claim
    used = min(accepted, advance)
    moves = [
        move("B.CLAIM", "B.SACC", accepted, frm=voucher),
        move("P.SEXP", "P.SPAY", accepted, to=payee),
        move("P.SPAY", "P.SADV", used, frm=payee, to=voucher),
        move("B.CLAIM", "B.VADV", advance - used, frm=voucher, to=voucher),
        move("B.CLAIM", "B.VCH", claimed - advance - accepted + used, frm=voucher, to=voucher),
    ]
    legs = api.legs.claim_certified(
        book, voucher=voucher, payee=payee, claimed=claimed, accepted=accepted, advance=advance
    )
    notes: Counter[Note] = Counter({claim: -1, Supported(payee[-1]): accepted})
    return Act("claim_certified", moves, legs, notes)


def recovery_paid(world: World, draw: Draw, book: int) -> Act:
    return _recovered(world, draw, book, kind="recovery_paid", debit="P.BANK")


def recovery_written_off(world: World, draw: Draw, book: int) -> Act:
    return _recovered(world, draw, book, kind="recovery_written_off", debit="P.LOSS")


def _recovered(world: World, draw: Draw, book: int, *, kind: str, debit: str) -> Act:
    payee = one_of(draw, world.keys("P.SREC"), PAYEES)
    cents, head = amount(draw, world.of("P.SREC", payee)), world.head(payee[-1])
    moves = [move(debit, "P.SREC", cents, to=payee), *world.given_back(head, cents)]
    made = api.legs.recovery_paid if debit == "P.BANK" else api.legs.written_off
    legs = made(book, payee=payee, group=head, amount=cents, above=world.above(head))
    return Act(kind, moves, legs)


def support_clawed_back(world: World, draw: Draw, book: int) -> Act:
    """From what this group was given; ``draw`` may ask for the wrong side of the settlement."""
    group = one_of(draw, [name for name in GROUPS if world.supported(name) > 0], GROUPS)
    payee, cents = payee_of(group, draw), draw.whole(1, max(world.supported(group), 1))
    settled = draw.pick((world.settled, world.settled, world.settled, not world.settled))
    moves = [
        move("B.SACC", "B.LAPSED" if settled else "B.POOL", cents),
        move("P.SREC", "P.SEXP", cents, frm=payee),
    ]
    legs = api.legs.clawed_back(book, payee=payee, amount=cents, settled=settled)
    return Act("support_clawed_back", moves, legs, Counter({Supported(group): -cents}))


def paid(book: int, *, payee: str, cents: int) -> Act:
    moves = move("P.SPAY", "P.BANK", cents, frm=payee)
    return plain(book, "payment_executed", moves)


ACTS = (
    advance_ordered,
    advance_cancelled,
    advance_executed,
    advance_returned,
    claim_submitted,
    claim_certified,
    claim_refused,
    payment_executed,
    payment_returned,
    recovery_paid,
    recovery_written_off,
    support_clawed_back,
)
