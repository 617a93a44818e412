#!/usr/bin/env python3
"""Django's command line, with the project's own PostgreSQL started where a command needs it."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sahelref.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from sahelref.embedded.commands import database_for
    from sahelref.embedded.errors import EmbeddedServerError

    try:
        with database_for(sys.argv):
            execute_from_command_line(sys.argv)
    except (EmbeddedServerError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
