import django.db.models.deletion
from django.db import migrations, models

from core.ddl.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('grants', '0001_initial'),
        ('viewflow', '0015_task_scheduled'),
        ('vouchers', '0001_initial'),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name='ApplicationProcess',
                    fields=[
                        ('process_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='viewflow.process')),
                        ('cycle', models.PositiveSmallIntegerField(default=1)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='vouchers.application')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'cycle'), name='application_process_cycle')],
                    },
                    bases=('viewflow.process',),
                ),
                migrations.CreateModel(
                    name='CallProcess',
                    fields=[
                        ('process_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='viewflow.process')),
                        ('cycle', models.PositiveSmallIntegerField(default=1)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='grants.call')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'cycle'), name='call_process_cycle')],
                    },
                    bases=('viewflow.process',),
                ),
                migrations.CreateModel(
                    name='ClaimProcess',
                    fields=[
                        ('process_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='viewflow.process')),
                        ('cycle', models.PositiveSmallIntegerField(default=1)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='vouchers.claim')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'cycle'), name='claim_process_cycle')],
                    },
                    bases=('viewflow.process',),
                ),
                migrations.CreateModel(
                    name='GrantProcess',
                    fields=[
                        ('process_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='viewflow.process')),
                        ('cycle', models.PositiveSmallIntegerField(default=1)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='grants.grant')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'cycle'), name='grant_process_cycle')],
                    },
                    bases=('viewflow.process',),
                ),
                migrations.CreateModel(
                    name='PaymentProcess',
                    fields=[
                        ('process_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='viewflow.process')),
                        ('cycle', models.PositiveSmallIntegerField(default=1)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='grants.payment')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'cycle'), name='payment_process_cycle')],
                    },
                    bases=('viewflow.process',),
                ),
                migrations.CreateModel(
                    name='ProposalProcess',
                    fields=[
                        ('process_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='viewflow.process')),
                        ('cycle', models.PositiveSmallIntegerField(default=1)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='grants.proposal')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'cycle'), name='proposal_process_cycle')],
                    },
                    bases=('viewflow.process',),
                ),
                migrations.CreateModel(
                    name='ReportProcess',
                    fields=[
                        ('process_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='viewflow.process')),
                        ('cycle', models.PositiveSmallIntegerField(default=1)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='grants.periodicreport')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'cycle'), name='report_process_cycle')],
                    },
                    bases=('viewflow.process',),
                ),
                migrations.CreateModel(
                    name='SmeCallProcess',
                    fields=[
                        ('process_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='viewflow.process')),
                        ('cycle', models.PositiveSmallIntegerField(default=1)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='vouchers.smecall')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'cycle'), name='sme_call_process_cycle')],
                    },
                    bases=('viewflow.process',),
                ),
                migrations.CreateModel(
                    name='VoucherProcess',
                    fields=[
                        ('process_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='viewflow.process')),
                        ('cycle', models.PositiveSmallIntegerField(default=1)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='vouchers.voucher')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'cycle'), name='voucher_process_cycle')],
                    },
                    bases=('viewflow.process',),
                ),
            ]
        ),
    ]
