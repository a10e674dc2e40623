import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from core.ddl.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '__first__'),
        # What comes from elsewhere goes first: each of its steps makes Django build anew every
        # model that knows the same people, and ours are many.
        ('account', '0009_emailaddress_unique_primary_email'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('sessions', '0001_initial'),
        ('viewflow', '0015_task_scheduled'),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name='BankAccount',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('holder', models.CharField(max_length=140, verbose_name='account holder')),
                        ('iban', models.CharField(max_length=34, verbose_name='IBAN')),
                        ('bic', models.CharField(max_length=11, verbose_name='BIC')),
                        ('state', models.CharField(choices=[('proposed', 'Waits for validation'), ('validated', 'Validated'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('replaced', 'Replaced'), ('blocked', 'Stopped')], default='proposed', max_length=10)),
                        ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                        ('validated_at', models.DateTimeField(blank=True, null=True, verbose_name='validated at')),
                        ('usable_from', models.DateField(blank=True, null=True, verbose_name='payments from')),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                        ('validated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='validated by')),
                    ],
                    options={
                        'verbose_name': 'bank account',
                        'verbose_name_plural': 'bank accounts',
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['blocked', 'proposed', 'refused', 'replaced', 'validated', 'withdrawn'])), name='parties_bankaccount_state'), models.CheckConstraint(condition=models.Q(('validated_by__isnull', True), models.Q(('validated_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='parties_bankaccount_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['validated', 'replaced', 'blocked']), _negated=True), models.Q(('usable_from__isnull', False), ('validated_at__isnull', False), ('validated_by__isnull', False)), _connector='OR'), name='parties_bankaccount_validated_has_facts')],
                    },
                ),
                migrations.CreateModel(
                    name='BankAccountTransition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.CharField(max_length=40)),
                        ('source', models.CharField(blank=True, max_length=40)),
                        ('target', models.CharField(max_length=40)),
                        ('at', models.DateTimeField(help_text='when it counts as done (UTC)')),
                        ('reason', models.TextField(blank=True)),
                        ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='when the database wrote it')),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='parties.bankaccount')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Deactivation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='deactivation', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'deactivation',
                        'verbose_name_plural': 'deactivations',
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('email', models.EmailField(max_length=254, verbose_name='email')),
                        ('purpose', models.CharField(choices=[('join_organisation', 'Act for an organisation'), ('join_proposal', 'Take part in a proposal'), ('be_expert', 'Evaluate proposals')], max_length=20, verbose_name='purpose')),
                        ('function', models.CharField(blank=True, choices=[('representative', 'Representative'), ('legal_signatory', 'Legal signatory'), ('financial_signatory', 'Financial signatory'), ('member', 'Member')], max_length=20, verbose_name='function')),
                        ('about', models.CharField(max_length=300, verbose_name='what the invitation is to')),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('state', models.CharField(choices=[('sent', 'Sent'), ('accepted', 'Accepted'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='sent', max_length=10)),
                        ('invited_at', models.DateTimeField(verbose_name='invited at')),
                        ('expires_at', models.DateTimeField(verbose_name='valid until')),
                        ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted at')),
                        ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'invitation',
                        'verbose_name_plural': 'invitations',
                        'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['be_expert', 'join_organisation', 'join_proposal'])), name='parties_invitation_purpose'), models.CheckConstraint(condition=models.Q(('state__in', ['accepted', 'expired', 'sent', 'withdrawn'])), name='parties_invitation_state'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('invited_at'))), name='parties_invitation_expires_later'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('accepted_at__isnull', True), ('accepted_by__isnull', True)), _connector='OR'), name='parties_invitation_accepted_by_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='InvitationTransition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.CharField(max_length=40)),
                        ('source', models.CharField(blank=True, max_length=40)),
                        ('target', models.CharField(max_length=40)),
                        ('at', models.DateTimeField(help_text='when it counts as done (UTC)')),
                        ('reason', models.TextField(blank=True)),
                        ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='when the database wrote it')),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='parties.invitation')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Keyword',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                        ('label', models.CharField(max_length=120, verbose_name='label')),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='parties.keyword')),
                    ],
                    options={
                        'verbose_name': 'keyword',
                        'verbose_name_plural': 'keywords',
                        'constraints': [models.UniqueConstraint(fields=('parent', 'label'), name='parties_keyword_one_label_per_parent')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('legal_name', models.CharField(max_length=200, verbose_name='legal name')),
                        ('short_name', models.CharField(max_length=40, verbose_name='short name')),
                        ('kind', models.CharField(choices=[('cluster', 'Cluster organisation'), ('sme', 'Small or medium-sized enterprise'), ('provider', 'Provider of services'), ('research', 'Research or education'), ('public', 'Public body'), ('other', 'Other')], max_length=10, verbose_name='kind')),
                        ('country', models.CharField(choices=[('AL', 'Albania'), ('AT', 'Austria'), ('BA', 'Bosnia and Herzegovina'), ('BE', 'Belgium'), ('BG', 'Bulgaria'), ('CH', 'Switzerland'), ('CY', 'Cyprus'), ('CZ', 'Czechia'), ('DE', 'Germany'), ('DK', 'Denmark'), ('EE', 'Estonia'), ('ES', 'Spain'), ('FI', 'Finland'), ('FR', 'France'), ('GB', 'United Kingdom'), ('GR', 'Greece'), ('HR', 'Croatia'), ('HU', 'Hungary'), ('IE', 'Ireland'), ('IS', 'Iceland'), ('IT', 'Italy'), ('LI', 'Liechtenstein'), ('LT', 'Lithuania'), ('LU', 'Luxembourg'), ('LV', 'Latvia'), ('MD', 'Moldova'), ('ME', 'Montenegro'), ('MK', 'North Macedonia'), ('MT', 'Malta'), ('NL', 'Netherlands'), ('NO', 'Norway'), ('PL', 'Poland'), ('PT', 'Portugal'), ('RO', 'Romania'), ('RS', 'Serbia'), ('SE', 'Sweden'), ('SI', 'Slovenia'), ('SK', 'Slovakia'), ('TR', 'Türkiye'), ('UA', 'Ukraine'), ('XK', 'Kosovo')], max_length=2, verbose_name='country')),
                        ('nuts', models.CharField(blank=True, max_length=5, verbose_name='NUTS region')),
                        ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='VAT number')),
                        ('registration_number', models.CharField(blank=True, max_length=60, verbose_name='registration number')),
                        ('legal_form', models.CharField(max_length=80, verbose_name='legal form')),
                        ('nace', models.CharField(blank=True, max_length=7, verbose_name='NACE code')),
                        ('website', models.URLField(blank=True, verbose_name='website')),
                        ('street', models.CharField(max_length=140, verbose_name='street and number')),
                        ('postcode', models.CharField(max_length=16, verbose_name='postcode')),
                        ('town', models.CharField(max_length=80, verbose_name='town')),
                        ('created_at', models.DateTimeField(verbose_name='registered at')),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registered by')),
                    ],
                    options={
                        'verbose_name': 'organisation',
                        'verbose_name_plural': 'organisations',
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['cluster', 'other', 'provider', 'public', 'research', 'sme'])), name='parties_organisation_kind'), models.CheckConstraint(condition=models.Q(('country__in', ['AL', 'AT', 'BA', 'BE', 'BG', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MD', 'ME', 'MK', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'RS', 'SE', 'SI', 'SK', 'TR', 'UA', 'XK'])), name='parties_organisation_country'), models.CheckConstraint(condition=models.Q(('registration_number', ''), ('vat_number', ''), _negated=True), name='parties_organisation_has_a_number'), models.UniqueConstraint(condition=models.Q(('vat_number', ''), _negated=True), fields=('vat_number',), name='parties_organisation_one_per_vat_number'), models.UniqueConstraint(condition=models.Q(('registration_number', ''), _negated=True), fields=('country', 'registration_number'), name='parties_organisation_one_per_registration_number')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('function', models.CharField(choices=[('representative', 'Representative'), ('legal_signatory', 'Legal signatory'), ('financial_signatory', 'Financial signatory'), ('member', 'Member')], max_length=20, verbose_name='function')),
                        ('start_date', models.DateField(verbose_name='from')),
                        ('end_date', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('granted_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
                        ('revoked_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                        ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='parties.organisation')),
                    ],
                    options={
                        'verbose_name': 'membership',
                        'verbose_name_plural': 'memberships',
                        'constraints': [models.CheckConstraint(condition=models.Q(('function__in', ['financial_signatory', 'legal_signatory', 'member', 'representative'])), name='parties_membership_function'), models.CheckConstraint(condition=models.Q(('end_date__isnull', True), ('end_date__gte', models.F('start_date')), _connector='OR'), name='parties_membership_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='parties_membership_revoked_by_somebody'), models.UniqueConstraint(condition=models.Q(('end_date__isnull', True), ('revoked_at__isnull', True)), fields=('person', 'organisation', 'function'), name='parties_membership_one_open')],
                    },
                ),
                migrations.CreateModel(
                    name='ExpertProfile',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('country', models.CharField(choices=[('AL', 'Albania'), ('AT', 'Austria'), ('BA', 'Bosnia and Herzegovina'), ('BE', 'Belgium'), ('BG', 'Bulgaria'), ('CH', 'Switzerland'), ('CY', 'Cyprus'), ('CZ', 'Czechia'), ('DE', 'Germany'), ('DK', 'Denmark'), ('EE', 'Estonia'), ('ES', 'Spain'), ('FI', 'Finland'), ('FR', 'France'), ('GB', 'United Kingdom'), ('GR', 'Greece'), ('HR', 'Croatia'), ('HU', 'Hungary'), ('IE', 'Ireland'), ('IS', 'Iceland'), ('IT', 'Italy'), ('LI', 'Liechtenstein'), ('LT', 'Lithuania'), ('LU', 'Luxembourg'), ('LV', 'Latvia'), ('MD', 'Moldova'), ('ME', 'Montenegro'), ('MK', 'North Macedonia'), ('MT', 'Malta'), ('NL', 'Netherlands'), ('NO', 'Norway'), ('PL', 'Poland'), ('PT', 'Portugal'), ('RO', 'Romania'), ('RS', 'Serbia'), ('SE', 'Sweden'), ('SI', 'Slovenia'), ('SK', 'Slovakia'), ('TR', 'Türkiye'), ('UA', 'Ukraine'), ('XK', 'Kosovo')], max_length=2, verbose_name='country')),
                        ('languages', models.JSONField(default=list, verbose_name='languages')),
                        ('past_work', models.TextField(blank=True, verbose_name='past work')),
                        ('available_from', models.DateField(blank=True, null=True, verbose_name='available from')),
                        ('available_until', models.DateField(blank=True, null=True, verbose_name='available until')),
                        ('days_max', models.PositiveSmallIntegerField(default=10, verbose_name='working days available')),
                        ('contract_start', models.DateField(blank=True, null=True, verbose_name='contract from')),
                        ('contract_end', models.DateField(blank=True, null=True, verbose_name='mandate ends')),
                        ('updated_at', models.DateTimeField(verbose_name='updated at')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='expert_profile', to=settings.AUTH_USER_MODEL)),
                        ('keywords', models.ManyToManyField(blank=True, related_name='experts', to='parties.keyword')),
                        ('employer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='employed_experts', to='parties.organisation')),
                    ],
                    options={
                        'verbose_name': 'expert profile',
                        'verbose_name_plural': 'expert profiles',
                        'constraints': [models.CheckConstraint(condition=models.Q(('country__in', ['AL', 'AT', 'BA', 'BE', 'BG', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MD', 'ME', 'MK', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'RS', 'SE', 'SI', 'SK', 'TR', 'UA', 'XK'])), name='parties_expertprofile_country'), models.CheckConstraint(condition=models.Q(('available_until__isnull', True), ('available_from__isnull', True), ('available_until__gte', models.F('available_from')), _connector='OR'), name='parties_expertprofile_available_forward'), models.CheckConstraint(condition=models.Q(('contract_end__isnull', True), ('contract_start__isnull', True), ('contract_end__gte', models.F('contract_start')), _connector='OR'), name='parties_expertprofile_contract_forward')],
                    },
                ),
                migrations.CreateModel(
                    name='Employment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='employer')),
                        ('start_date', models.DateField(verbose_name='from')),
                        ('end_date', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('profile', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='parties.expertprofile')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                    ],
                    options={
                        'verbose_name': 'employment',
                        'verbose_name_plural': 'employments',
                        'constraints': [models.CheckConstraint(condition=models.Q(('end_date__isnull', True), ('end_date__gte', models.F('start_date')), _connector='OR'), name='parties_employment_ends_after_start'), models.UniqueConstraint(condition=models.Q(('end_date__isnull', True), ('organisation__isnull', False)), fields=('profile',), name='parties_employment_one_current_registered')],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('field', models.CharField(max_length=40)),
                        ('before', models.CharField(blank=True, max_length=200)),
                        ('after', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='parties.organisation')),
                    ],
                    options={
                        'verbose_name': 'change of an organisation',
                        'verbose_name_plural': 'changes of organisations',
                        'constraints': [models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='parties_organisation_change_differs')],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationLink',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('share_bp', models.PositiveIntegerField(verbose_name='share in basis points')),
                        ('kind', models.CharField(choices=[('linked', 'Linked enterprise'), ('partner', 'Partner enterprise'), ('affiliated', 'Affiliated entity')], max_length=10, verbose_name='kind')),
                        ('start_date', models.DateField(verbose_name='from')),
                        ('end_date', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('declared_at', models.DateTimeField()),
                        ('ended_reason', models.CharField(blank=True, max_length=300)),
                        ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_up', to='parties.organisation')),
                        ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_down', to='parties.organisation')),
                    ],
                    options={
                        'verbose_name': 'tie between organisations',
                        'verbose_name_plural': 'ties between organisations',
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['affiliated', 'linked', 'partner'])), name='parties_organisationlink_kind'), models.CheckConstraint(condition=models.Q(('parent', models.F('child')), _negated=True), name='parties_organisationlink_two_organisations'), models.CheckConstraint(condition=models.Q(('share_bp__lte', 10000)), name='parties_organisationlink_share_whole'), models.CheckConstraint(condition=models.Q(('share_bp__lte', 5000), ('kind', 'linked'), _connector='OR'), name='parties_organisationlink_majority_is_linked'), models.CheckConstraint(condition=models.Q(('end_date__isnull', True), ('end_date__gte', models.F('start_date')), _connector='OR'), name='parties_organisationlink_ends_after_start'), models.UniqueConstraint(condition=models.Q(('end_date__isnull', True)), fields=('parent', 'child'), name='parties_organisationlink_one_open')],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='parties.organisation'),
        ),
        migrations.AddField(
            model_name='bankaccount',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='parties.organisation'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose', 'join_organisation'), _negated=True), models.Q(('organisation__isnull', False), models.Q(('function', ''), _negated=True)), _connector='OR'), name='parties_invitation_to_an_organisation'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'validated')), fields=('organisation',), name='parties_bankaccount_one_validated'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('organisation',), name='parties_bankaccount_one_proposed'),
        ),
    ]
