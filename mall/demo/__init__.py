"""The demo: log-ins, some citizens, and a few dozen cases in every state. Loaded once, in the demo only."""

PASSWORD = "mal-demo-2026"  # noqa: S105 - the demo binds loopback only and says so

LOGINS = (
    ("Warga (pemohon)", "warga@demo.mall", PASSWORD),
    ("Warga yang serumah dengan verifikator: ia tidak dapat memeriksanya", "warga.6@demo.mall", PASSWORD),
    ("Petugas loket", "loket@demo.mall", PASSWORD),
    ("Verifikator mal", "verifikator@demo.mall", PASSWORD),
    ("Pejabat pemutus mal", "pejabat@demo.mall", PASSWORD),
    ("Petugas instansi (Dinas Kesehatan)", "dinkes@demo.mall", PASSWORD),
    ("Petugas instansi lain: <kode>@demo.mall", "dukcapil@demo.mall", PASSWORD),
    ("Manajer", "manajer@demo.mall", PASSWORD),
    ("Administrator", "admin@demo.mall", PASSWORD),
    ("Wakil kepala mal (DPMPTSP)", "wakil@demo.mall", PASSWORD),
    ("Kepala mal (DPMPTSP)", "kepala@demo.mall", PASSWORD),
    ("Wakil kepala Dinas Kesehatan", "wakil.dinkes@demo.mall", PASSWORD),
    ("Kepala Dinas Kesehatan", "kepala.dinkes@demo.mall", PASSWORD),
    ("Inspektorat", "inspektorat@demo.mall", PASSWORD),
    ("Pengelola pengaduan mal", "pengaduan@demo.mall", PASSWORD),
    ("Pengelola pengaduan Dinas Kesehatan", "pengaduan.dinkes@demo.mall", PASSWORD),
    ("Walidata (Diskominfo)", "walidata@demo.mall", PASSWORD),
    ("Petugas data terpadu (Dinas Sosial), rekannya: dinsos.data.2", "dinsos.data@demo.mall", PASSWORD),
    ("Petugas data terpadu (Dinas Kesehatan)", "dinkes.data@demo.mall", PASSWORD),
    ("PPID (permintaan informasi publik)", "ppid@demo.mall", PASSWORD),
)
"""Who in words, log-in, password. Every agency has `<code>@demo.mall` and a colleague `<code>.2@demo.mall`."""
