import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

from core.ddl.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                        ('full_name', models.CharField(max_length=160, verbose_name='name')),
                        ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                        ('time_zone', models.CharField(default='Europe/Brussels', max_length=60, verbose_name='time zone')),
                        ('is_active', models.BooleanField(default=True)),
                        ('is_system', models.BooleanField(default=False)),
                        ('date_joined', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_email_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(max_length=60)),
                        ('name', models.CharField(max_length=200)),
                        ('media_type', models.CharField(max_length=120)),
                        ('size', models.PositiveBigIntegerField(help_text='bytes')),
                        ('sha256', models.CharField(db_index=True, max_length=64)),
                        ('file', models.FileField(max_length=200, upload_to='')),
                        ('created_at', models.DateTimeField()),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='document_sha256_hex')],
                    },
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(max_length=60)),
                        ('key', models.CharField(help_text='the same key is one job', max_length=200, unique=True)),
                        ('payload', models.JSONField(default=dict)),
                        ('status', models.CharField(choices=[('pending', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='pending', max_length=10)),
                        ('at', models.DateTimeField(help_text='product time of its cause; documents carry it')),
                        ('not_before', models.DateTimeField(blank=True, help_text='wall clock, for retries', null=True)),
                        ('lease_until', models.DateTimeField(blank=True, help_text='wall clock', null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('total', models.PositiveIntegerField(default=0)),
                        ('label', models.CharField(blank=True, max_length=200)),
                        ('error', models.TextField(blank=True)),
                        ('result', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.document')),
                        ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['status', 'not_before'], name='job_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['done', 'failed', 'pending', 'running'])), name='job_status')],
                    },
                ),
                migrations.CreateModel(
                    name='Mail',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('to_email', models.EmailField(max_length=254)),
                        ('subject', models.CharField(max_length=200)),
                        ('text', models.TextField()),
                        ('written_at', models.DateTimeField(help_text='product time')),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('opened_at', models.DateTimeField(blank=True, help_text='first read in Trellis', null=True)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', '-written_at'], name='mail_inbox')],
                    },
                ),
            ]
        ),
    ]
