import django.db.models.deletion
import ledger.rules.kinds
from django.conf import settings
from django.db import migrations, models


def refuse_old_chains(apps, schema_editor):
    """The chain signs other bytes from here on; what was signed before cannot be signed anew."""
    if apps.get_model("ledger", "Event").objects.using(schema_editor.connection.alias).exists():
        raise RuntimeError(
            "This database was made by a version before the first release, and its ledger is "
            "chained in another way. Keep it as it is, and start this version on an empty one."
        )


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        ('ledger', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(refuse_old_chains, migrations.RunPython.noop),
        migrations.CreateModel(
            name='ChartLine',
            fields=[
                ('type', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('normal', models.SmallIntegerField()),
                ('min_balance', models.BigIntegerField(null=True)),
                ('is_keyed', models.BooleanField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='ledger_account_floor_of_type',
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='ledger_account_side_of_type',
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='ledger_account_key_of_type',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='ledger_event_kind',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='ledger_event_legs',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='ledger_event_payload',
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='ledger_event_two_persons',
        ),
        migrations.RemoveConstraint(
            model_name='postingrule',
            name='ledger_rule_kind',
        ),
        migrations.RemoveConstraint(
            model_name='postingrule',
            name='ledger_rule_types',
        ),
        migrations.RemoveConstraint(
            model_name='postingrule',
            name='ledger_rule_phase',
        ),
        migrations.AddField(
            model_name='event',
            name='lines',
            field=models.JSONField(default=[]),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='event',
            name='reverses',
            field=models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='ledger.event'),
        ),
        migrations.AddField(
            model_name='postingrule',
            name='mirror_ties',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='postingrule',
            name='ties',
            field=models.CharField(blank=True, help_text='words of ``Tie``, by space', max_length=60),
        ),
        migrations.AddField(
            model_name='postingrule',
            name='two_persons',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='entry',
            name='account',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.account'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='posting',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.posting'),
        ),
        migrations.AlterField(
            model_name='event',
            name='actor',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='event',
            name='approver',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='event',
            name='book',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='ledger.book'),
        ),
        migrations.AlterField(
            model_name='event',
            name='document',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document'),
        ),
        migrations.AlterField(
            model_name='posting',
            name='credit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='ledger.account'),
        ),
        migrations.AlterField(
            model_name='posting',
            name='debit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='debits', to='ledger.account'),
        ),
        migrations.AlterField(
            model_name='posting',
            name='event',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='ledger.event'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('normal__in', [1, -1])), name='ledger_account_side'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('legs__gte', 1), ('legs__lte', 30000)), name='ledger_event_legs'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('approver__isnull', True), models.Q(('approver', models.F('actor')), _negated=True), _connector='OR'), name='ledger_event_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', ledger.rules.kinds.Kind['REVERSAL']), ('reverses__isnull', False)), models.Q(models.Q(('kind', ledger.rules.kinds.Kind['REVERSAL']), _negated=True), ('reverses__isnull', True)), _connector='OR'), name='ledger_event_reversal'),
        ),
    ]
