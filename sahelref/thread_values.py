"""What Django keeps for each thread, kept for each thread alone: the language, the zone, the URLs.

Django keeps it so that async code has it too, behind a lock that all threads share. A page asks for
its language and its addresses over a thousand times: four threads that make pages stood in line for
the lock more than they worked, and all together made fewer pages than one alone. Here requests are
answered by threads and by no async code, so the standard library's own values will do.
"""

import threading

from asgiref.local import Local
from django.urls import base
from django.utils import timezone
from django.utils.translation import trans_real

SHARED = ((trans_real, "_active"), (timezone, "_active"), (base, "_prefixes"), (base, "_urlconfs"))


def keep_by_thread() -> None:
    """Replace what is behind a lock; before the first request, or its thread would lose its own.

    Raises RuntimeError where Django keeps it in another way than this knows.
    """
    for module, name in SHARED:
        if not isinstance(getattr(module, name, None), Local):
            raise RuntimeError(f"{module.__name__}.{name} is no Local: see {__name__}.")
        setattr(module, name, threading.local())
