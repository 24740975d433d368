"""Signals that ask a run to end: it takes nothing more, and what is being worked on is finished and written."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# A terminal that is closed sends the third one, where there is such a signal.
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Stop:
    """Whether a signal has come, and which."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._before: dict[int, Any] = {}

    def __bool__(self) -> bool:
        return self.signal is not None

    def listen(self) -> None:
        """Take the signals, except those that somebody wants ignored (`nohup`)."""
        if threading.current_thread() is threading.main_thread():
            heeded = [sign for sign in _SIGNALS if signal.getsignal(sign) != signal.SIG_IGN]
            self._before = {sign: signal.signal(sign, self._take) for sign in heeded}

    def _take(self, number: int, frame: object) -> None:
        self.signal = number
        # The second one gets what the first one would have got without us.
        self.leave()

    def leave(self) -> None:
        """Give the signals back."""
        for sign, handler in self._before.items():
            signal.signal(sign, handler)


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Heed the signals for a while."""
    stop = Stop()
    stop.listen()
    try:
        yield stop
    finally:
        stop.leave()
