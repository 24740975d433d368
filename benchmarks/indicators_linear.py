"""Does the indicator stage take time linear in the length of the worst texts we can think of?

    python benchmarks/indicators_linear.py [CHARACTERS]

Prints, for each text, the characters a second and the time over the time at half the length, for two doublings;
linear is 2.0. Ends with status 1 where a ratio of the last doubling exceeds 3.
"""

import random
import sys
import time
from collections.abc import Callable
from itertools import pairwise

from vnextract.article import Article
from vnextract.document import Document
from vnextract.indicators.component import find_figures

_DOUBLINGS = 2
_LIMIT = 3.0


def _random(alphabet: str, length: int) -> str:
    return "".join(random.Random(length).choices(alphabet, k=length))


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda length: (unit * (length // len(unit) + 1))[:length]


TEXTS: dict[str, Callable[[int], str]] = {
    "one long digit run": _repeated("7"),
    "1.1.1.1.": _repeated("1."),
    "1/1/1/1/": _repeated("1/"),
    "1-1-1-1-": _repeated("1-"),
    "1 1 1 1": _repeated("1 "),
    "123 123 123": _repeated("123 "),
    "digits, signs, spaces": lambda length: _random("0123456789.,/-  ", length),
    "tỷ tỷ tỷ": _repeated("tỷ "),
    "một tỷ một tỷ": _repeated("một tỷ "),
    "hai trăm hai trăm": _repeated("hai trăm "),
    "nửa triệu đến": _repeated("nửa triệu đến "),
    "hơn gần khoảng": _repeated("hơn gần khoảng "),
    "tăng tăng tăng": _repeated("tăng "),
    "xã, phường, xã,": _repeated("xã, phường, "),
    "5 đồng/5 đồng/": _repeated("5 đồng/"),
    "5 người, 5 người,": _repeated("5 người, "),
    "tăng 5% tăng 5%": _repeated("tăng 5% "),
    "blanks": _repeated(" "),
    "brackets": _repeated("(5 "),
    "quotation marks": _repeated('5 "'),
}


def seconds(text: str) -> float:
    """Best of three runs over one text, the text layer not counted."""
    times = []
    for _ in range(3):
        document = Document.of(Article(text))
        _ = document.text.sentences
        begin = time.process_time()
        find_figures(document)
        times.append(time.process_time() - begin)
    return min(times)


def main() -> int:
    base = int(sys.argv[1]) if len(sys.argv) > 1 else 25_000
    worst = 0.0
    print(f"{'text':24}{'characters/s':>14}   ratio over each doubling from {base:,} characters")
    for name, text in TEXTS.items():
        times = [max(seconds(text(base * 2**step)), 1e-4) for step in range(_DOUBLINGS + 1)]
        ratios = [later / earlier for earlier, later in pairwise(times)]
        worst = max(worst, ratios[-1])
        speed = base * 2**_DOUBLINGS / times[-1]
        print(f"{name:24}{speed:14,.0f}   {'  '.join(f'{ratio:.2f}' for ratio in ratios)}")
    print(f"worst ratio of the last doubling: {worst:.2f} (limit {_LIMIT})")
    return 0 if worst <= _LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
