#!/usr/bin/env python
"""Django's command line, with every wrong setting answered by one sentence."""

import os
import sys


def main() -> None:
    """Run a management command; the demo settings apply unless others are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mall.settings.demo")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from mall.runtime.errors import Trouble

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(f"Settings refused: {fault}")
    except Trouble as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()
