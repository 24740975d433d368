"""Whether the cost of `extract` is linear in the length of a text, hostile ones included.

    python benchmarks/linear.py [NAME ...] [--longest N]

Every row is one text, made longer and longer by repetition: the processor time per character at the first length, the
ratio of the times at each doubling (2 is linear, 4 quadratic), and the cost per character at the greatest length over
that at the first. A name or a part of one chooses rows; N is the greatest length in characters. Ends with status 1
where a row is steep.
"""

import argparse
import gc
import json
import random
import sys
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import vnextract

ROOT = Path(__file__).resolve().parents[1]
FIRST = 12_500
LONGEST = 200_000
RUNS = 2
PATIENCE = 4.0
"""Seconds after which a row is made no longer."""
STEEP = 2.6
"""Ratio at the last doubling from which a row is called out."""

PIECES: Mapping[str, str] = {
    "digits": "1",
    "digits, points": "1.",
    "digits, commas": "12,",
    "digits, dashes": "12-",
    "digits, slashes": "1/",
    "digits, spaces": "1 ",
    "digits in triplets": "123 ",
    "figures": "5 kg ",
    "figures in a list": "5 kg, ",
    "ranges": "5 - 7 ",
    "ratios": "5/7 bản ",
    "dates": "ngày 1/2, ",
    "days in a list": "ngày 1, 2, ",
    "dates and figures": "ngày 1/2 bán 5 kg, ",
    "years": "năm 2020 - ",
    "hours": "5 giờ ",
    "number words": "hai mươi ",
    "scale words": "triệu tỷ ",
    "separators": ", ",
    "full stops": ".",
    "full stops, spaces": ". ",
    "dashes": "- ",
    "ellipses": "… ",
    "opening brackets": "(",
    "closing brackets": ")",
    "brackets": "(a) ",
    "nested brackets": "(a (b ",
    "short forms in brackets": "Công ty An Bình (ABC), ",
    "quotes": '"',
    "quoted words": "“A” ",
    "capitals": "A",
    "capitalised syllables": "An ",
    "capitalised names": "Nguyễn Văn An ",
    "capitals in a list": "An, ",
    "initials": "A.",
    "acronyms": "ABC ",
    "dotted acronyms": "TP.HCM ",
    "small letters": "a",
    "small syllables": "an ",
    "of": "của ",
    "and": "và ",
    "lines": "\n",
    "blank lines": " \n",
    "short lines": "An\n",
    "spaces": " ",
    "tabs": "\t",
    "combining marks": "a\u0301",
    "marks without letters": "\u0301",
    "soft hyphens": "\u00ad",
    "marks out of order": "\u0301\u0323",
    "surrogates": "\ud800",
    "ideographs": "国",
    "committees": "UBND tỉnh ",
    "committees of places": "UBND tỉnh Lai Châu ",
    "committees in a list": "UBND tỉnh, ",
    "committees on lines": "UBND tỉnh\n",
    "offices": "Sở Y tế ",
    "parts of bodies": "Phòng Ban Cục ",
    "heads": "Công ty ",
    "companies": "Công ty cổ phần An Bình ",
    "places": "xã Phú Lâm huyện Tam Nông ",
    "titles": "Chủ tịch ",
    "deputies": "Phó Chủ tịch ",
    "titles and bodies": "Chủ tịch UBND tỉnh ",
    "titles and names": "Chủ tịch Nguyễn Văn An, ",
    "honorifics": "ông ",
    "honorifics and names": "ông An ",
    "ranks": "Đại tá ",
    "full names": "ông Nguyễn Văn An và ông An ",
    "foreign names": "Tổng thống John Smith ",
    "abbreviations": "TP. ",
    "credits": "Ảnh: ",
    "web addresses": "www.laichau.gov.vn ",
    "rates": "5%/năm",
    "currencies": "$5 ",
    "verbs of change": "tăng giảm ",
    "bounds": "hơn gần ",
}


WORDS = (
    "UBND tỉnh Sở Phòng Ban Công ty ông bà Chủ tịch Phó Giám đốc Đại tá Nguyễn Văn An Lai Châu TP. xã huyện của và tại "
    "ngày tháng năm sáng qua trước 1 2 15 2019 1.200 3,5 % tỷ đồng triệu USD hộ tăng giảm đạt hơn khoảng từ đến "
    ", . ; : ( ) - – / “ ” \n"
)
SYLLABLES = "An Bình Châu Dung Giang Hà Khanh Lan Minh Nam Oanh Phúc Quang Sơn Tâm Uyên Vinh Xuân Yên"


def article() -> str:
    """The longest article of our own, to be repeated."""
    lines = (line for path in sorted((ROOT / "corpus").glob("*.jsonl")) for line in path.open(encoding="utf8"))
    texts: list[str] = [json.loads(line)["text"] for line in lines]
    return max(texts, key=len) + "\n"


def varied(length: int) -> str:
    """Names that are all different, so that nothing can be remembered from one to the next."""
    syllables = SYLLABLES.split()
    count = len(syllables)
    names = (
        f"Ông Nguyễn {syllables[i % count]} {syllables[i // count % count]} {syllables[i // count**2 % count]}, "
        f"Giám đốc Công ty {syllables[i // 7 % count]} {syllables[i % 17]} {i} (CT{i}), chi {i} triệu đồng. "
        for i in range(length // 60 + 1)
    )
    return "".join(names)[:length]


def shuffled(length: int) -> str:
    """Words that mean something to one room or another, in no order."""
    return " ".join(random.Random(7).choices(WORDS.split(" "), k=length // 4))[:length]


def seconds(text: str) -> float:
    """Processor time of one extraction, the better of some runs."""
    taken = []
    for _ in range(RUNS):
        gc.collect()
        begin = time.process_time()
        vnextract.extract(text, published="2019-06-01")
        taken.append(time.process_time() - begin)
    return min(taken)


def made(name: str, piece: str, length: int) -> str:
    """A text of so many characters."""
    made_up = {"all different": varied, "shuffled": shuffled}.get(name)
    return made_up(length) if made_up else piece * max(1, length // len(piece))


def row(name: str, piece: str, longest: int) -> tuple[str, float]:
    """One row of the table, and its last ratio."""
    texts: list[str] = []
    times: list[float] = []
    length = FIRST
    while length <= longest and (not times or times[-1] < PATIENCE):
        texts.append(made(name, piece, length))
        times.append(seconds(texts[-1]))
        length *= 2
    ratios = [after / before for before, after in pairwise(times)]
    costs = [1e6 * took / len(text) for took, text in zip(times, texts, strict=True)]
    shown = "  ".join(f"{ratio:4.1f}" for ratio in ratios)
    return f"{name:26} {costs[0]:7.2f} µs/char   {shown}   {costs[-1] / costs[0]:5.2f}", ratios[-1] if ratios else 0.0


def main() -> int:
    """Print the table; 1 where a row is steep."""
    parser = argparse.ArgumentParser(description="cost of extract over doublings of hostile texts")
    parser.add_argument("names", nargs="*", help="parts of the names of rows; all rows without any")
    parser.add_argument("--longest", type=int, default=LONGEST, help="characters of the longest text")
    options = parser.parse_args()
    pieces = {"an article": article(), "all different": "", "shuffled": "", **PIECES}
    chosen = {
        name: piece for name, piece in pieces.items() if not options.names or any(n in name for n in options.names)
    }
    vnextract.extract(article(), published="2019-06-01")
    steep = []
    for name, piece in chosen.items():
        line, last = row(name, piece, options.longest)
        print(line, flush=True)
        if last > STEEP:
            steep.append(name)
    print(f"steeper than {STEEP}: {', '.join(steep) or 'none'}")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
