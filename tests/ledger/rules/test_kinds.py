from ledger.models.account import WORDS
from ledger.rules.chart import CHART, SINGLE, AccountType, code_of
from ledger.rules.kinds import PAIRS, TWO_PERSONS, Kind, Phase


def test_no_posting_crosses_from_one_set_of_accounts_to_another() -> None:
    assert [p for p in PAIRS if p.debit.book_set != p.credit.book_set] == []


def test_every_pair_is_listed_once() -> None:
    assert len({(p.kind, p.debit, p.credit) for p in PAIRS}) == len(PAIRS)


def test_every_kind_has_a_pair_and_every_account_is_used() -> None:
    assert {p.kind for p in PAIRS} | {Kind.REVERSAL} == set(Kind)
    assert {p.debit for p in PAIRS} | {p.credit for p in PAIRS} == set(AccountType)


def test_the_pool_reaches_coordination_only_as_a_move_of_the_earmark() -> None:
    """Whatever road SME money takes, it meets ``B.COORD`` in one pair: row 3'."""
    sme = {AccountType.POOL, AccountType.CALL, AccountType.RESV, AccountType.VCH}
    sme |= {AccountType.VADV, AccountType.CLAIM, AccountType.SACC}
    coordination = {AccountType.COORD, AccountType.CCLAIM, AccountType.CACC}
    crossing = [(p.kind, p.debit) for p in PAIRS if p.debit in sme and p.credit in coordination]
    assert crossing == [(Kind.EARMARK_MOVED, AccountType.POOL)]


def test_cash_leaves_only_with_two_persons() -> None:
    leaving = {p.kind for p in PAIRS if p.credit is AccountType.BANK}
    assert leaving <= TWO_PERSONS
    assert TWO_PERSONS - leaving == {Kind.WRITTEN_OFF, Kind.SETTLEMENT, Kind.REVERSAL}


def test_lapsing_needs_a_settlement() -> None:
    lapsing = {p.phase for p in PAIRS if p.credit is AccountType.LAPSED}
    assert lapsing == {Phase.SETTLED}


def test_pairs_within_one_voucher_partner_or_group_keep_the_key() -> None:
    same = {(p.debit.value, p.credit.value) for p in PAIRS if p.same_key}
    assert same == {
        ("B.VCH", "B.VADV"),
        ("B.VADV", "B.VCH"),
        ("B.VCH", "B.CLAIM"),
        ("B.VADV", "B.CLAIM"),
        ("B.CLAIM", "B.VCH"),
        ("B.CLAIM", "B.VADV"),
        ("L.CAP", "L.USED"),
        ("L.USED", "L.CAP"),
        ("P.PPAY", "P.PADV"),
        ("P.PREC", "P.PADV"),
    }


def test_only_the_two_controls_have_no_floor() -> None:
    free = {kind for kind, spec in CHART.items() if spec.floor is None}
    assert free == {AccountType.AWARD, AccountType.LIMIT}
    assert {spec.floor for spec in CHART.values()} == {None, 0}


def test_every_account_has_a_name_in_words() -> None:
    assert set(WORDS) == set(CHART) == set(AccountType)
    assert len({str(words) for words in WORDS.values()}) == len(WORDS)


def test_codes_name_the_book_the_type_and_the_key() -> None:
    assert code_of("EC-1", AccountType.POOL) == "EC-1/B.POOL"
    assert code_of("EC-1", AccountType.VCH, "7") == "EC-1/B.VCH[7]"
    assert AccountType.POOL in SINGLE
    assert AccountType.VCH not in SINGLE
