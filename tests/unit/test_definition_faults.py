"""Every kind of fault is refused with file, line and an English sentence."""

from pathlib import Path

import pytest

from tests.definitions import faults_in
from workflows.definition.folder import CATALOGUE

DOKTER, REKLAME, SERTSTANDAR = "DPMPTSP-SIP-DOKTER", "DPMPTSP-REKLAME-TETAP", "DPMPTSP-SERTSTANDAR"
SKCK, KK, NIB, HOTEL = "POLRESTA-SKCK-BARU", "DUKCAPIL-KK-BARU", "DPMPTSP-NIB", "DPMPTSP-HOTEL"
MAKAM, PBG, RTLH, AMDAL = "DPMPTSP-MAKAM-PINDAH", "DPMPTSP-PBG", "DPUCKPP-RTLH", "DPMPTSP-AMDAL"
INSPECTION = '\n[inspection]\nlead = "DINKES"\nkind = "Kunjungan"\n'

# service, what stands there, what is written instead, what the faulty line holds, what is said
PLANTED = [
    ("unknown key", DOKTER, "agency =", 'agenci = "x"\nagency =', "agenci", "did you mean 'agency'?"),
    ("unknown part", DOKTER, "[term]", "[terms]\nx = 1\n\n[term]", "[terms]", "'terms' is not known here"),
    ("missing key", DOKTER, 'summary = "Izin', 'xsummary = "Izin', 'code = "', "'summary' is missing."),
    (
        "wrong type",
        DOKTER,
        "working_days = 5",
        'working_days = "5"',
        "working_days",
        "must be a whole number, not a text",
    ),
    (
        "text for list",
        DOKTER,
        'keywords = ["dokter umum"',
        'keywords = "dokter"\nkeys = ["x"',
        "keywords",
        "must be a list",
    ),
    (
        "date for text",
        DOKTER,
        'category = "perizinan_nakes"',
        "category = 2026-01-01",
        "category",
        "not a date or time",
    ),
    (
        "bad value",
        DOKTER,
        'authority = "mall"',
        'authority = "mal"',
        "authority",
        "'mal' is not one of: mall, agency; did you mean 'mall'?",
    ),
    ("bad field type", DOKTER, 'type = "date"', 'type = "tanggal"', '"tanggal"', "is not one of: text, longtext"),
    (
        "two fields alike",
        DOKTER,
        'name = "tanggal_terbit_str"',
        'name = "nomor_str"',
        "FIELD2",
        "'nomor_str' is there twice.",
    ),
    ("reserved name", DOKTER, 'name = "nomor_str"', 'name = "max"', '"max"', "a word of the expression language"),
    ("bad field name", DOKTER, 'name = "nomor_str"', 'name = "Nomor STR"', '"Nomor STR"', "small letters, digits"),
    ("empty label", DOKTER, 'label = "Nomor STR"', 'label = " "', 'label = " "', "must not be empty."),
    ("not TOML", DOKTER, "[term]", "[term", "[term", "This is not TOML"),
    (
        "key twice",
        DOKTER,
        "working_days = 5",
        "working_days = 5\nworking_days = 6",
        "working_days = 6",
        "This is not TOML",
    ),
    ("control sign", DOKTER, 'label = "Nomor STR"', 'label = "Nomor\\u202e"', "u202e", "holds a control character."),
    (
        "not an expression",
        DOKTER,
        'when = "perpanjangan"',
        "when = 'perpanjangan =='",
        "perpanjangan ==",
        "cannot be read",
    ),
    (
        "unknown field",
        DOKTER,
        'when = "perpanjangan"',
        'when = "diperpanjang"',
        "diperpanjang",
        "there is no field 'diperpanjang'",
    ),
    ("attribute", DOKTER, 'when = "perpanjangan"', "when = 'nomor_str.lower == \"x\"'", "lower", "is not allowed"),
    ("mixed types", DOKTER, 'when = "perpanjangan"', "when = 'nomor_str > 3'", "> 3", "it mixes types"),
    ("no option", SERTSTANDAR, '"kesehatan"\'', '"kesehatann"\'', "kesehatann", "is not an option of 'sektor'"),
    (
        "choice without options",
        DOKTER,
        'name = "nomor_str"\ntype = "text"',
        'name = "nomor_str"\ntype = "choice"',
        "HEADER2",
        "A choice needs options.",
    ),
    (
        "later field",
        DOKTER,
        'name = "nomor_str"',
        'name = "nomor_str"\nwhen = \'urutan_sip == "sip_1"\'',
        "urutan_sip ==",
        "comes later",
    ),
    (
        "itself",
        DOKTER,
        'name = "perpanjangan"\n',
        'name = "perpanjangan"\nwhen = "perpanjangan"\n',
        'when = "perp',
        "depends on itself",
    ),
    (
        "sealed in a condition",
        SKCK,
        'code = "kartu-keluarga"',
        'when = \'nik == "1"\'\ncode = "kartu-keluarga"',
        "nik ==",
        "which no expression may read",
    ),
    (
        "bounds upside down",
        REKLAME,
        'minimum = "0.1"\nmaximum = "100"',
        'minimum = "200"\nmaximum = "100"',
        'maximum = "100"',
        "is below the minimum.",
    ),
    (
        "bound of no number",
        REKLAME,
        'minimum = "0.1"',
        'minimum = "sedikit"',
        "sedikit",
        "is not a value of the type decimal",
    ),
    (
        "unknown agency",
        DOKTER,
        'agency = "DINKES"',
        'agency = "DINKESS"',
        "DINKESS",
        "There is no agency 'DINKESS'; did you mean 'DINKES'?",
    ),
    ("own recommender", DOKTER, 'agency = "DINKES"', 'agency = "DPMPTSP"', "RECOMMENDER", "cannot recommend to itself"),
    ("term too short", DOKTER, "term_days = 3", "term_days = 9", "working_days", "shorter than the 9 days"),
    ("stages with a gap", DOKTER, "term_days = 3", "term_days = 3\nstage = 2", "[[recommenders]]", "without a gap"),
    (
        "lead is no inspector",
        DOKTER,
        "[standard]",
        INSPECTION + "\n[standard]",
        "lead =",
        "no recommender that inspects",
    ),
    (
        "inspects without visit",
        DOKTER,
        "term_days = 3",
        "term_days = 3\ninspects = true",
        "inspects",
        "There is no [inspection]",
    ),
    (
        "visit without inspector",
        NIB,
        "[standard]",
        '[inspection]\nkind = "Kunjungan"\n\n[standard]',
        "[inspection]",
        "Nobody inspects",
    ),
    (
        "dead end",
        SERTSTANDAR,
        "'sektor == \"pupr\"'",
        "'sektor == \"pertanian\"'",
        "[inspection]",
        "nobody inspects when sektor = pupr",
    ),
    (
        "conditional lead",
        HOTEL,
        "inspects = true",
        "inspects = true\nwhen = 'jumlah_kamar > 5'",
        "[inspection]",
        "hangs on free answers",
    ),
    ("levels", DOKTER, "[term]", "decision_levels = 9\n\n[term]", "decision_levels", "must be from 1 to 3, not 9."),
    (
        "same visit asks",
        RTLH,
        "working_days = 60",
        "working_days = 0",
        "working_days",
        "cannot ask for recommendations",
    ),
    (
        "same visit returns",
        SKCK,
        "working_days = 0",
        "working_days = 0\nrounds = 2",
        "rounds",
        "not returned for correction",
    ),
    (
        "deemed without law",
        DOKTER,
        "working_days = 5",
        'working_days = 5\ndeemed = "granted"',
        "[term]",
        "needs its law",
    ),
    ("fee without law", SKCK, 'law = "PP 76/2020"', 'law = ""', "law =", "A fee needs the law"),
    (
        "population fee",
        KK,
        'kind = "free"',
        'kind = "external"\namount = 5000',
        'kind = "external"',
        "A population document is free",
    ),
    (
        "population formula",
        KK,
        'kind = "free"',
        'kind = "formula"',
        'kind = "formula"',
        "A population document is free",
    ),
    ("fixed without amount", MAKAM, "amount = 200000", "", "[fee]", "needs an amount above 0"),
    ("formula without lines", DOKTER, 'kind = "free"', 'kind = "formula"', "[fee]", "needs at least one line"),
    (
        "sum of an optional",
        REKLAME,
        'name = "panjang"',
        'required = false\nname = "panjang"',
        "[[fee.lines]]",
        "which may stay unanswered",
    ),
    ("rendered without number", DOKTER, "numbering =", "# numbering =", "[product]", "needs [product.numbering]"),
    (
        "number for a NIB",
        NIB,
        'kind = "recorded"',
        'kind = "recorded"\nnumbering = { template = "{seq}/{year}", unit = "1" }',
        "numbering",
        "gets no number from us",
    ),
    ("numbering without seq", DOKTER, "{seq}", "7", "numbering", "must hold {seq} once"),
    ("strange place", DOKTER, "{unit}", "{unit.__class__}", "numbering", "Only these may stand in braces"),
    ("exploding pattern", NIB, "'^\\d{13}$'", "'^(\\d+)+$'", "number_pattern", "uses more than signs, sets and counts"),
    ("no pattern", NIB, "'^\\d{13}$'", "'^[z-a]$'", "number_pattern", "is not a pattern"),
    ("example that does not fit", NIB, '"9120001234567"', '"912"', "number_example", "does not fit the pattern"),
    (
        "foreign code",
        DOKTER,
        'agency = "DPMPTSP"',
        'agency = "DINKES"',
        'code = "',
        "must begin with the code of its agency",
    ),
    ("validity", DOKTER, 'kind = "years", amount = 5', 'kind = "years"', "validity", "Say how many years"),
    ("no law", DOKTER, "legal_basis = [", "legal_basis = []\nlaws = [", "laws", "'laws' is not known here"),
    ("no step", DOKTER, "procedure = [", 'procedure = [\n    "",', '    "",', "must not be empty."),
    ("component empty", DOKTER, "[standard]", '[standard]\nsafety = ""', 'safety = ""', "must not be empty."),
    ("no staff", DOKTER, "[standard]", "[standard]\nstaff = 0", "staff = 0", "must be from 1 to 10000"),
    ("bad format", DOKTER, 'formats = ["jpg", "png"]', 'formats = ["exe"]', "exe", "'exe' is not one of"),
]


def line_of(text: str, marker: str) -> int:
    """The line that holds the marker, the first time."""
    special = {"FIELD2": 'name = "nomor_str"', "RECOMMENDER": 'agency = "DPMPTSP"', "HEADER2": "[[fields]]"}
    at = text.index(special.get(marker, marker))
    if marker in special:
        at = text.index(special[marker], at + 1)
    return text.count("\n", 0, at) + 1


@pytest.mark.parametrize(
    ("code", "old", "new", "marker", "sentence"), [p[1:] for p in PLANTED], ids=[p[0] for p in PLANTED]
)
def test_planted_fault__is_told_with_file_line_and_sentence(
    tmp_path: Path, code: str, old: str, new: str, marker: str, sentence: str
) -> None:
    good = (CATALOGUE / f"{code}.toml").read_text("utf-8")
    assert old in good
    bad = good.replace(old, new, 1)
    faults = faults_in(tmp_path, code, bad)
    fitting = [fault for fault in faults if sentence in fault.sentence]
    assert fitting, [str(fault) for fault in faults]
    assert fitting[0].line == line_of(bad, marker), str(fitting[0])
    assert fitting[0].file.endswith(f"{code}.toml")
