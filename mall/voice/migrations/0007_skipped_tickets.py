import agencies.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0010_region_outlines'),
        ('voice', '0006_signals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='signal',
            name='signal_kind_known',
        ),
        migrations.AddField(
            model_name='signalrun',
            name='sample',
            field=models.BooleanField(default=False, help_text='DATA CONTOH: made up for the demonstration.'),
        ),
        migrations.AlterField(
            model_name='signal',
            name='kind',
            field=models.CharField(choices=[('jumps', 'Mendahului antrean'), ('trifles', 'Dikembalikan, lalu cepat diterima'), ('hours', 'Keputusan di luar jam layanan'), ('broker', 'Perantara yang sama'), ('lying', 'Dibiarkan menunggu di tangan petugas'), ('skips', 'Melompati nomor antrean')], help_text='Which sign.', max_length=8),
        ),
        agencies.migrating.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['jumps', 'trifles', 'hours', 'broker', 'lying', 'skips'])), name='signal_kind_known'),
        ),
    ]
