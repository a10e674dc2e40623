import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import ledger.rules.chart
import ledger.rules.kinds
from django.conf import settings
from django.db import migrations, models

from core.ddl.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('core', '__first__'),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name='Book',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('code', models.CharField(max_length=40, unique=True)),
                        ('share_n', models.PositiveSmallIntegerField(default=3)),
                        ('share_d', models.PositiveSmallIntegerField(default=4)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('share_n__gt', 0), ('share_n__lte', models.F('share_d'))), name='ledger_book_share'), models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='ledger_book_code')],
                    },
                ),
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('code', models.CharField(max_length=120, unique=True)),
                        ('type', models.CharField(choices=[(ledger.rules.chart.AccountType['AWARD'], 'grant awarded'), (ledger.rules.chart.AccountType['APPR'], 'grant not yet split'), (ledger.rules.chart.AccountType['POOL'], 'SME pool'), (ledger.rules.chart.AccountType['CALL'], 'budget of the SME call'), (ledger.rules.chart.AccountType['RESV'], 'amount reserved for the application'), (ledger.rules.chart.AccountType['VCH'], 'open value of the voucher'), (ledger.rules.chart.AccountType['VADV'], 'advance on the voucher'), (ledger.rules.chart.AccountType['CLAIM'], 'claim under check on the voucher'), (ledger.rules.chart.AccountType['SACC'], 'accepted SME support'), (ledger.rules.chart.AccountType['COORD'], 'coordination budget'), (ledger.rules.chart.AccountType['CCLAIM'], 'coordination claimed'), (ledger.rules.chart.AccountType['CACC'], 'accepted coordination'), (ledger.rules.chart.AccountType['LAPSED'], 'lapsed part of the grant'), (ledger.rules.chart.AccountType['BANK'], 'cash in hand'), (ledger.rules.chart.AccountType['PREFIN'], 'prefinancing to be cleared'), (ledger.rules.chart.AccountType['EUREC'], 'claim on the European Union'), (ledger.rules.chart.AccountType['EUDUE'], 'recovery order of the European Union'), (ledger.rules.chart.AccountType['INCOME'], 'grant income'), (ledger.rules.chart.AccountType['OWN'], 'own money paid in'), (ledger.rules.chart.AccountType['SEXP'], 'SME support spent'), (ledger.rules.chart.AccountType['CEXP'], 'coordination spent'), (ledger.rules.chart.AccountType['LOSS'], 'loss on own funds'), (ledger.rules.chart.AccountType['SPAY'], 'amount owed to the payee'), (ledger.rules.chart.AccountType['SADV'], 'advance still out on the voucher'), (ledger.rules.chart.AccountType['SREC'], 'amount to be recovered from the payee'), (ledger.rules.chart.AccountType['PPAY'], 'amount owed to the partner'), (ledger.rules.chart.AccountType['PADV'], 'prefinancing passed on to the partner'), (ledger.rules.chart.AccountType['PREC'], 'amount to be recovered from the partner'), (ledger.rules.chart.AccountType['LIMIT'], 'control of the limits'), (ledger.rules.chart.AccountType['CAP'], 'amount this enterprise and its linked enterprises may still receive'), (ledger.rules.chart.AccountType['USED'], 'amount this enterprise and its linked enterprises have received')], max_length=8)),
                        ('key', models.CharField(blank=True, default='', max_length=64)),
                        ('normal', models.SmallIntegerField()),
                        ('balance', models.BigIntegerField(default=0)),
                        ('min_balance', models.BigIntegerField(null=True)),
                        ('version', models.BigIntegerField(default=0)),
                        ('head', models.BinaryField(max_length=32)),
                        ('last_at', models.DateTimeField(help_text='real time of the last entry', null=True)),
                        ('closed', models.BooleanField(default=False)),
                        ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='ledger.book')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('book', 'type', 'key'), name='ledger_account_once'), models.CheckConstraint(condition=models.Q(('min_balance__isnull', True), ('balance__gte', models.F('min_balance')), _connector='OR'), name='ledger_account_floor'), models.CheckConstraint(condition=models.Q(models.Q(('min_balance__isnull', True), ('type__in', [ledger.rules.chart.AccountType['AWARD'], ledger.rules.chart.AccountType['LIMIT']])), models.Q(('min_balance', 0), ('type__in', [ledger.rules.chart.AccountType['APPR'], ledger.rules.chart.AccountType['CACC'], ledger.rules.chart.AccountType['CALL'], ledger.rules.chart.AccountType['CCLAIM'], ledger.rules.chart.AccountType['CLAIM'], ledger.rules.chart.AccountType['COORD'], ledger.rules.chart.AccountType['LAPSED'], ledger.rules.chart.AccountType['POOL'], ledger.rules.chart.AccountType['RESV'], ledger.rules.chart.AccountType['SACC'], ledger.rules.chart.AccountType['VADV'], ledger.rules.chart.AccountType['VCH'], ledger.rules.chart.AccountType['CAP'], ledger.rules.chart.AccountType['USED'], ledger.rules.chart.AccountType['BANK'], ledger.rules.chart.AccountType['CEXP'], ledger.rules.chart.AccountType['EUDUE'], ledger.rules.chart.AccountType['EUREC'], ledger.rules.chart.AccountType['INCOME'], ledger.rules.chart.AccountType['LOSS'], ledger.rules.chart.AccountType['OWN'], ledger.rules.chart.AccountType['PADV'], ledger.rules.chart.AccountType['PPAY'], ledger.rules.chart.AccountType['PREC'], ledger.rules.chart.AccountType['PREFIN'], ledger.rules.chart.AccountType['SADV'], ledger.rules.chart.AccountType['SEXP'], ledger.rules.chart.AccountType['SPAY'], ledger.rules.chart.AccountType['SREC']])), _connector='OR'), name='ledger_account_floor_of_type'), models.CheckConstraint(condition=models.Q(models.Q(('normal', 1), ('type__in', [ledger.rules.chart.AccountType['AWARD'], ledger.rules.chart.AccountType['LIMIT'], ledger.rules.chart.AccountType['BANK'], ledger.rules.chart.AccountType['CEXP'], ledger.rules.chart.AccountType['EUREC'], ledger.rules.chart.AccountType['LOSS'], ledger.rules.chart.AccountType['PADV'], ledger.rules.chart.AccountType['PREC'], ledger.rules.chart.AccountType['SADV'], ledger.rules.chart.AccountType['SEXP'], ledger.rules.chart.AccountType['SREC']])), models.Q(('normal', -1), ('type__in', [ledger.rules.chart.AccountType['APPR'], ledger.rules.chart.AccountType['CACC'], ledger.rules.chart.AccountType['CALL'], ledger.rules.chart.AccountType['CCLAIM'], ledger.rules.chart.AccountType['CLAIM'], ledger.rules.chart.AccountType['COORD'], ledger.rules.chart.AccountType['LAPSED'], ledger.rules.chart.AccountType['POOL'], ledger.rules.chart.AccountType['RESV'], ledger.rules.chart.AccountType['SACC'], ledger.rules.chart.AccountType['VADV'], ledger.rules.chart.AccountType['VCH'], ledger.rules.chart.AccountType['CAP'], ledger.rules.chart.AccountType['USED'], ledger.rules.chart.AccountType['EUDUE'], ledger.rules.chart.AccountType['INCOME'], ledger.rules.chart.AccountType['OWN'], ledger.rules.chart.AccountType['PPAY'], ledger.rules.chart.AccountType['PREFIN'], ledger.rules.chart.AccountType['SPAY']])), _connector='OR'), name='ledger_account_side_of_type'), models.CheckConstraint(condition=models.Q(models.Q(('key', ''), ('type__in', [ledger.rules.chart.AccountType['APPR'], ledger.rules.chart.AccountType['AWARD'], ledger.rules.chart.AccountType['CACC'], ledger.rules.chart.AccountType['CCLAIM'], ledger.rules.chart.AccountType['COORD'], ledger.rules.chart.AccountType['LAPSED'], ledger.rules.chart.AccountType['POOL'], ledger.rules.chart.AccountType['SACC'], ledger.rules.chart.AccountType['LIMIT'], ledger.rules.chart.AccountType['BANK'], ledger.rules.chart.AccountType['CEXP'], ledger.rules.chart.AccountType['EUDUE'], ledger.rules.chart.AccountType['EUREC'], ledger.rules.chart.AccountType['INCOME'], ledger.rules.chart.AccountType['LOSS'], ledger.rules.chart.AccountType['OWN'], ledger.rules.chart.AccountType['PREFIN'], ledger.rules.chart.AccountType['SEXP']])), models.Q(('type__in', [ledger.rules.chart.AccountType['CALL'], ledger.rules.chart.AccountType['CLAIM'], ledger.rules.chart.AccountType['RESV'], ledger.rules.chart.AccountType['VADV'], ledger.rules.chart.AccountType['VCH'], ledger.rules.chart.AccountType['CAP'], ledger.rules.chart.AccountType['USED'], ledger.rules.chart.AccountType['PADV'], ledger.rules.chart.AccountType['PPAY'], ledger.rules.chart.AccountType['PREC'], ledger.rules.chart.AccountType['SADV'], ledger.rules.chart.AccountType['SPAY'], ledger.rules.chart.AccountType['SREC']]), models.Q(('key', ''), _negated=True)), _connector='OR'), name='ledger_account_key_of_type')],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('idem', models.UUIDField(unique=True)),
                        ('kind', models.CharField(max_length=30)),
                        ('effective_on', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('recorded_at', models.DateTimeField()),
                        ('legs', models.PositiveSmallIntegerField()),
                        ('payload_sha256', models.CharField(max_length=64)),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='ledger.book')),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [ledger.rules.kinds.Kind['ADVANCE_CANCELLED'], ledger.rules.kinds.Kind['ADVANCE_EXECUTED'], ledger.rules.kinds.Kind['ADVANCE_ORDERED'], ledger.rules.kinds.Kind['ADVANCE_RETURNED'], ledger.rules.kinds.Kind['AMENDMENT_DOWN'], ledger.rules.kinds.Kind['AMENDMENT_UP'], ledger.rules.kinds.Kind['APPLICATION_AWARDED'], ledger.rules.kinds.Kind['AWARD'], ledger.rules.kinds.Kind['AWARD_LAPSED'], ledger.rules.kinds.Kind['BALANCE_RECEIVED'], ledger.rules.kinds.Kind['CLAIM_CERTIFIED'], ledger.rules.kinds.Kind['CLAIM_REFUSED'], ledger.rules.kinds.Kind['CLAIM_SUBMITTED'], ledger.rules.kinds.Kind['COORDINATION_ACCEPTED'], ledger.rules.kinds.Kind['COORDINATION_CLAIMED'], ledger.rules.kinds.Kind['COORDINATION_CLAWED_BACK'], ledger.rules.kinds.Kind['COORDINATION_PAID'], ledger.rules.kinds.Kind['COORDINATION_RETURNED'], ledger.rules.kinds.Kind['EARMARK_MOVED'], ledger.rules.kinds.Kind['EU_PAID'], ledger.rules.kinds.Kind['HEADROOM_OPENED'], ledger.rules.kinds.Kind['INTERIM'], ledger.rules.kinds.Kind['OWN_MONEY_IN'], ledger.rules.kinds.Kind['PARTNER_LEFT'], ledger.rules.kinds.Kind['PARTNER_REPAID'], ledger.rules.kinds.Kind['PAYMENT_EXECUTED'], ledger.rules.kinds.Kind['PAYMENT_RETURNED'], ledger.rules.kinds.Kind['PREFINANCING'], ledger.rules.kinds.Kind['PASSED_BACK'], ledger.rules.kinds.Kind['PASSED_ON'], ledger.rules.kinds.Kind['RECOVERY_OFFSET'], ledger.rules.kinds.Kind['RECOVERY_ORDER_PAID'], ledger.rules.kinds.Kind['RECOVERY_PAID'], ledger.rules.kinds.Kind['WRITTEN_OFF'], ledger.rules.kinds.Kind['SETTLEMENT'], ledger.rules.kinds.Kind['SME_CALL_DONE'], ledger.rules.kinds.Kind['SME_CALL_OPENED'], ledger.rules.kinds.Kind['CLAWED_BACK'], ledger.rules.kinds.Kind['VOUCHER_ENDED'], ledger.rules.kinds.Kind['VOUCHER_ISSUED']])), name='ledger_event_kind'), models.CheckConstraint(condition=models.Q(('legs__gte', 0), ('legs__lte', 500)), name='ledger_event_legs'), models.CheckConstraint(condition=models.Q(('payload_sha256__regex', '^[0-9a-f]{64}$')), name='ledger_event_payload'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', [ledger.rules.kinds.Kind['ADVANCE_EXECUTED'], ledger.rules.kinds.Kind['COORDINATION_PAID'], ledger.rules.kinds.Kind['PAYMENT_EXECUTED'], ledger.rules.kinds.Kind['PASSED_ON'], ledger.rules.kinds.Kind['RECOVERY_ORDER_PAID'], ledger.rules.kinds.Kind['WRITTEN_OFF'], ledger.rules.kinds.Kind['SETTLEMENT']]), _negated=True), models.Q(('approver__isnull', False), models.Q(('approver', models.F('actor')), _negated=True)), _connector='OR'), name='ledger_event_two_persons')],
                    },
                ),
                migrations.CreateModel(
                    name='Posting',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('leg_no', models.PositiveSmallIntegerField()),
                        ('amount', models.BigIntegerField()),
                        ('credit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='ledger.account')),
                        ('debit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='debits', to='ledger.account')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='ledger.event')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('event', 'leg_no'), name='ledger_posting_leg_once'), models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('amount__lte', 10000000000000)), name='ledger_posting_amount'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='ledger_posting_two_accounts')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('seq', models.BigIntegerField()),
                        ('amount', models.BigIntegerField()),
                        ('balance_after', models.BigIntegerField()),
                        ('recorded_at', models.DateTimeField()),
                        ('hash', models.BinaryField(max_length=32)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.account')),
                        ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.posting')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('account', 'seq'), name='ledger_entry_seq_once'), models.UniqueConstraint(fields=('posting', 'account'), name='ledger_entry_once'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='ledger_entry_amount')],
                    },
                ),
                migrations.CreateModel(
                    name='PostingRule',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('kind', models.CharField(max_length=30)),
                        ('debit_type', models.CharField(max_length=8)),
                        ('credit_type', models.CharField(max_length=8)),
                        ('same_key', models.BooleanField()),
                        ('phase', models.CharField(max_length=8)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'debit_type', 'credit_type'), name='ledger_rule_once'), models.CheckConstraint(condition=models.Q(('kind__in', [ledger.rules.kinds.Kind['ADVANCE_CANCELLED'], ledger.rules.kinds.Kind['ADVANCE_EXECUTED'], ledger.rules.kinds.Kind['ADVANCE_ORDERED'], ledger.rules.kinds.Kind['ADVANCE_RETURNED'], ledger.rules.kinds.Kind['AMENDMENT_DOWN'], ledger.rules.kinds.Kind['AMENDMENT_UP'], ledger.rules.kinds.Kind['APPLICATION_AWARDED'], ledger.rules.kinds.Kind['AWARD'], ledger.rules.kinds.Kind['AWARD_LAPSED'], ledger.rules.kinds.Kind['BALANCE_RECEIVED'], ledger.rules.kinds.Kind['CLAIM_CERTIFIED'], ledger.rules.kinds.Kind['CLAIM_REFUSED'], ledger.rules.kinds.Kind['CLAIM_SUBMITTED'], ledger.rules.kinds.Kind['COORDINATION_ACCEPTED'], ledger.rules.kinds.Kind['COORDINATION_CLAIMED'], ledger.rules.kinds.Kind['COORDINATION_CLAWED_BACK'], ledger.rules.kinds.Kind['COORDINATION_PAID'], ledger.rules.kinds.Kind['COORDINATION_RETURNED'], ledger.rules.kinds.Kind['EARMARK_MOVED'], ledger.rules.kinds.Kind['EU_PAID'], ledger.rules.kinds.Kind['HEADROOM_OPENED'], ledger.rules.kinds.Kind['INTERIM'], ledger.rules.kinds.Kind['OWN_MONEY_IN'], ledger.rules.kinds.Kind['PARTNER_LEFT'], ledger.rules.kinds.Kind['PARTNER_REPAID'], ledger.rules.kinds.Kind['PAYMENT_EXECUTED'], ledger.rules.kinds.Kind['PAYMENT_RETURNED'], ledger.rules.kinds.Kind['PREFINANCING'], ledger.rules.kinds.Kind['PASSED_BACK'], ledger.rules.kinds.Kind['PASSED_ON'], ledger.rules.kinds.Kind['RECOVERY_OFFSET'], ledger.rules.kinds.Kind['RECOVERY_ORDER_PAID'], ledger.rules.kinds.Kind['RECOVERY_PAID'], ledger.rules.kinds.Kind['WRITTEN_OFF'], ledger.rules.kinds.Kind['SETTLEMENT'], ledger.rules.kinds.Kind['SME_CALL_DONE'], ledger.rules.kinds.Kind['SME_CALL_OPENED'], ledger.rules.kinds.Kind['CLAWED_BACK'], ledger.rules.kinds.Kind['VOUCHER_ENDED'], ledger.rules.kinds.Kind['VOUCHER_ISSUED']])), name='ledger_rule_kind'), models.CheckConstraint(condition=models.Q(('credit_type__in', [ledger.rules.chart.AccountType['APPR'], ledger.rules.chart.AccountType['AWARD'], ledger.rules.chart.AccountType['CACC'], ledger.rules.chart.AccountType['CALL'], ledger.rules.chart.AccountType['CCLAIM'], ledger.rules.chart.AccountType['CLAIM'], ledger.rules.chart.AccountType['COORD'], ledger.rules.chart.AccountType['LAPSED'], ledger.rules.chart.AccountType['POOL'], ledger.rules.chart.AccountType['RESV'], ledger.rules.chart.AccountType['SACC'], ledger.rules.chart.AccountType['VADV'], ledger.rules.chart.AccountType['VCH'], ledger.rules.chart.AccountType['CAP'], ledger.rules.chart.AccountType['LIMIT'], ledger.rules.chart.AccountType['USED'], ledger.rules.chart.AccountType['BANK'], ledger.rules.chart.AccountType['CEXP'], ledger.rules.chart.AccountType['EUDUE'], ledger.rules.chart.AccountType['EUREC'], ledger.rules.chart.AccountType['INCOME'], ledger.rules.chart.AccountType['LOSS'], ledger.rules.chart.AccountType['OWN'], ledger.rules.chart.AccountType['PADV'], ledger.rules.chart.AccountType['PPAY'], ledger.rules.chart.AccountType['PREC'], ledger.rules.chart.AccountType['PREFIN'], ledger.rules.chart.AccountType['SADV'], ledger.rules.chart.AccountType['SEXP'], ledger.rules.chart.AccountType['SPAY'], ledger.rules.chart.AccountType['SREC']]), ('debit_type__in', [ledger.rules.chart.AccountType['APPR'], ledger.rules.chart.AccountType['AWARD'], ledger.rules.chart.AccountType['CACC'], ledger.rules.chart.AccountType['CALL'], ledger.rules.chart.AccountType['CCLAIM'], ledger.rules.chart.AccountType['CLAIM'], ledger.rules.chart.AccountType['COORD'], ledger.rules.chart.AccountType['LAPSED'], ledger.rules.chart.AccountType['POOL'], ledger.rules.chart.AccountType['RESV'], ledger.rules.chart.AccountType['SACC'], ledger.rules.chart.AccountType['VADV'], ledger.rules.chart.AccountType['VCH'], ledger.rules.chart.AccountType['CAP'], ledger.rules.chart.AccountType['LIMIT'], ledger.rules.chart.AccountType['USED'], ledger.rules.chart.AccountType['BANK'], ledger.rules.chart.AccountType['CEXP'], ledger.rules.chart.AccountType['EUDUE'], ledger.rules.chart.AccountType['EUREC'], ledger.rules.chart.AccountType['INCOME'], ledger.rules.chart.AccountType['LOSS'], ledger.rules.chart.AccountType['OWN'], ledger.rules.chart.AccountType['PADV'], ledger.rules.chart.AccountType['PPAY'], ledger.rules.chart.AccountType['PREC'], ledger.rules.chart.AccountType['PREFIN'], ledger.rules.chart.AccountType['SADV'], ledger.rules.chart.AccountType['SEXP'], ledger.rules.chart.AccountType['SPAY'], ledger.rules.chart.AccountType['SREC']])), name='ledger_rule_types'), models.CheckConstraint(condition=models.Q(('phase__in', [ledger.rules.kinds.Phase['ANY'], ledger.rules.kinds.Phase['OPEN'], ledger.rules.kinds.Phase['SETTLED']])), name='ledger_rule_phase')],
                    },
                ),
                migrations.CreateModel(
                    name='Settlement',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('n', models.PositiveSmallIntegerField()),
                        ('share_n', models.PositiveSmallIntegerField()),
                        ('share_d', models.PositiveSmallIntegerField()),
                        ('grant_max', models.BigIntegerField()),
                        ('s_accepted', models.BigIntegerField()),
                        ('c_accepted', models.BigIntegerField()),
                        ('payable', models.BigIntegerField()),
                        ('sme_part', models.BigIntegerField()),
                        ('coord_part', models.BigIntegerField()),
                        ('s_seq', models.BigIntegerField()),
                        ('c_seq', models.BigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('recorded_at', models.DateTimeField()),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('approver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='ledger.book')),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('book', 'n'), name='ledger_settlement_once'), models.CheckConstraint(condition=models.Q(('c_accepted__gte', 0), ('grant_max__gte', 0), ('s_accepted__gte', 0)), name='ledger_settlement_positive'), models.CheckConstraint(condition=models.Q(('payable', django.db.models.functions.comparison.Least(models.F('grant_max'), django.db.models.expressions.CombinedExpression(models.F('s_accepted'), '+', django.db.models.functions.comparison.Least(models.F('c_accepted'), django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('s_accepted'), '*', django.db.models.expressions.CombinedExpression(models.F('share_d'), '-', models.F('share_n'))), '/', models.F('share_n'))))))), name='ledger_settlement_formula'), models.CheckConstraint(condition=models.Q(('sme_part', django.db.models.functions.comparison.Least(models.F('s_accepted'), models.F('payable'))), ('payable', django.db.models.expressions.CombinedExpression(models.F('sme_part'), '+', models.F('coord_part')))), name='ledger_settlement_parts'), models.CheckConstraint(condition=models.Q(('payable__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('sme_part'), '*', models.F('share_d')), '/', models.F('share_n')))), name='ledger_settlement_share'), models.CheckConstraint(condition=models.Q(('approver', models.F('actor')), _negated=True), name='ledger_settlement_two_persons')],
                    },
                ),
            ]
        ),
    ]
