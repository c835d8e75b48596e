"""The web process has no use for the heavy and the dangerous libraries, and does not load them."""

import os
import subprocess
import sys

from django.conf import settings

HEAVY = ("weasyprint", "pyhanko", "pikepdf", "PIL", "segno")

PROGRAM = """
import sys
import mall.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
from documents.permits import consumer, queries, services
from documents.vault import services
print([name for name in {heavy!r} if name in sys.modules])
"""


def test_web_process_starts_and_loads_no_renderer_no_signer_no_parser() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(heavy=HEAVY)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "mall.settings.test"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]", done.stdout
