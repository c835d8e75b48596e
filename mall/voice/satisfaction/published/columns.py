"""The columns of the survey's data sets: what each figure means."""

from django.utils.translation import gettext_lazy as _

from mall.releases.datasets import Column, Kind
from mall.voice.satisfaction.elements import elements

K = 5
ENOUGH = "sampel belum cukup"
"""Stands where a grade would stand while fewer answered than the law's table asks for."""
CLOSED = Column(
    "closed",
    _("Permohonan selesai (N)"),
    _("permohonan"),
    _(
        "Permohonan yang selesai dalam periode itu: terbit, ditolak, dicabut, atau gugur. Pemohon dari setiap "
        "permohonan diundang menilai satu kali, jadi angka ini juga banyaknya undangan."
    ),
    Kind.COUNT,
)
ANSWERED = Column(
    "answered",
    _("Responden (n)"),
    _("responden"),
    _("Undangan yang dijawab lengkap, sembilan unsur, dalam sembilan puluh hari."),
    Kind.COUNT,
    of="closed",
)
SILENT = Column(
    "silent",
    _("Tidak menjawab"),
    _("undangan"),
    _("Undangan yang tidak dijawab sampai waktunya berakhir: N dikurangi n."),
    Kind.COUNT,
    of="closed",
    rest="answered",
)
RATE = Column("rate", _("Tingkat respons"), "%", _("Responden dibagi undangan."), Kind.NUMBER, 1, of="answered")
NEEDED = Column(
    "needed",
    _("Sampel minimum (S)"),
    _("responden"),
    _("Tabel Krejcie dan Morgan untuk N: λ² 3,841, P 0,5, d 0,05 (PermenPANRB 14/2017)."),
    Kind.NUMBER,
    of="closed",
)
INDEX = Column(
    "index",
    _("Indeks (IKM)"),
    _("dari 100"),
    _(
        "Jumlah semua nilai dibagi sembilan dan dibagi banyaknya responden, dikali 25; bobot tiap unsur tepat 1/9. "
        "Dibulatkan ke dua angka desimal (setengah ke atas). Responden digabung; indeks tidak pernah dirata-rata."
    ),
    Kind.NUMBER,
    2,
    of="answered",
)
GRADE = Column(
    "grade",
    _("Mutu pelayanan"),
    _("huruf"),
    _(
        "Dari indeks yang sudah dibulatkan: A 88,31 ke atas, B 76,61 ke atas, C 65,00 ke atas, D di bawahnya. "
        "“Sampel belum cukup” bila responden kurang dari sampel minimum."
    ),
    Kind.TEXT,
    of="answered",
)
MARGIN = Column(
    "margin",
    _("Batas galat indeks (±)"),
    _("angka indeks"),
    _(
        "Dengan keyakinan 95 persen indeks seluruh pemohon terletak sejauh ini di bawah atau di atas indeks responden: "
        "1,96 × simpangan baku indeks responden, dibagi akar n, dengan koreksi populasi terbatas. Tidak ditampilkan "
        "bila responden kurang dari sepuluh. Tidak mencakup kesalahan karena yang tidak menjawab mungkin berpendapat "
        "lain."
    ),
    Kind.NUMBER,
    2,
    of="answered",
    least=2 * K,
)
SUMS = tuple(
    Column(
        one.code,
        f"{one.code.upper()} {one.name_id}, jumlah nilai",
        _("nilai"),
        _("Jumlah nilai 1 sampai 4 dari semua responden untuk unsur ini."),
        Kind.NUMBER,
        of="answered",
    )
    for one in elements()
)
MEANS = tuple(
    Column(
        f"{one.code}_mean",
        f"{one.code.upper()} {one.name_id}",
        _("1 sampai 4"),
        _("Nilai rata-rata responden untuk unsur ini, dua angka desimal."),
        Kind.NUMBER,
        2,
        of="answered",
    )
    for one in elements()
)
HEAD = (CLOSED, ANSWERED, SILENT, RATE, NEEDED, INDEX, GRADE, MARGIN)
MEASURES = (*HEAD, *MEANS, *SUMS)
