"""Do the date patterns take time linear in the length of the worst texts we can think of?

    python benchmarks/dates_linear.py [CHARACTERS]

Prints, for each text, the time at 1, 2 and 4 times the length over the time at half that length; linear is 2.0.
Ends with status 1 where a ratio of the last doubling exceeds 3.
"""

import random
import sys
import time
from collections.abc import Callable
from itertools import pairwise

from vnextract.article import Published
from vnextract.dates.component import dates_in
from vnextract.text.document import Text

_DOUBLINGS = 2
_LIMIT = 3.0


def _random(alphabet: str, length: int) -> str:
    return "".join(random.Random(length).choices(alphabet, k=length))


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda length: (unit * (length // len(unit) + 1))[:length]


TEXTS: dict[str, Callable[[int], str]] = {
    "1/1/1/1/": _repeated("1/1/"),
    "năm năm năm": _repeated("năm "),
    "một trăm một trăm": _repeated("một trăm "),
    "digits and slashes": lambda length: _random("0123456789/", length),
    "digits, signs, spaces": lambda length: _random("0123456789/.,-:  ", length),
    "ngày 1, 2, 3,": _repeated("ngày 1, 2, 3, 4, 5, "),
    "sáng sáng sáng": _repeated("sáng "),
    "2013 - 2014 - 2015": _repeated("2013 - 2014 - "),
    "từ 1/3 đến 1/3 đến": _repeated("1/3 đến "),
    "hơn gần khoảng": _repeated("hơn gần khoảng "),
    "tháng 1, 2, 3": _repeated("tháng 1, 2, "),
    "one long digit run": _repeated("7"),
}


def seconds(text: str) -> float:
    """Best of three runs over one text."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        dates_in(Text(text), Published(2025, 5, 14))
        times.append(time.process_time() - begin)
    return min(times)


def main() -> int:
    base = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    worst = 0.0
    print(f"{'text':24}{'characters/s':>14}   ratio over each doubling from {base:,} characters")
    for name, make in TEXTS.items():
        times = [seconds(make(base << step)) for step in range(_DOUBLINGS + 1)]
        ratios = [after / before for before, after in pairwise(times)]
        worst = max(worst, ratios[-1])
        print(f"{name:24}{(base << _DOUBLINGS) / times[-1]:14,.0f}   " + "  ".join(f"{ratio:.2f}" for ratio in ratios))
    return int(worst > _LIMIT)


if __name__ == "__main__":
    sys.exit(main())
