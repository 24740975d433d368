"""What the process does while the library loads and reads: no search for cyclic garbage, no threads that spin."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SPIN = "OPENBLAS_THREAD_TIMEOUT"
_SHORT = "20"
"""Two to the power of so many cycles: less than a thousandth of a second."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the collector of cyclic garbage, where what is made is to stay or is gone without its help.

    Python would search all of it again and again. Where two threads meet here, the collector may be on for a part of
    it; it is never left off.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def threads_asleep() -> Iterator[None]:
    """Has the threads for algebra that numpy starts as it is loaded, one for each processor, sleep soon.

    They would spin for a tenth of a second in wait for work that nobody here gives them: as much processor time as all
    of numpy takes to load. How long they spin numpy reads once; whoever has set it, or loaded numpy, has decided.
    """
    decided = _SPIN in os.environ or "numpy" in sys.modules
    if not decided:
        os.environ[_SPIN] = _SHORT
    try:
        yield
    finally:
        if not decided:
            os.environ.pop(_SPIN, None)
