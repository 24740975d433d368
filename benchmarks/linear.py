"""Whether the cost of `extract` and of each of its stages is linear in the length of a text, hostile ones included.

    python benchmarks/linear.py [NAME ...] [--stages] [--longest N]

Every row is one text made longer and longer: the processor time per character at the first length, the ratios of the
times at each doubling (2 is linear, 4 quadratic), and the cost per character at the greatest length over that at the
first. A name or a part of one chooses rows; `--stages` gives each stage a row of its own, which a steep text gets in
any case. Ends with status 1 where a text costs more per character than `STEEP` times what it costs at the first length.
"""

import argparse
import gc
import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

from vnextract.article import Article
from vnextract.assemble import assemble
from vnextract.findings import Findings
from vnextract.pipeline import STAGES

ROOT = Path(__file__).resolve().parents[1]
FIRST = 50_000
LONGEST = 200_000
AGAIN = 4
"""How often a text that seems steep is timed anew; another process may have had the cache."""
PATIENCE = 20.0
"""Seconds after which a text is made no longer."""
STEEP = 1.3
"""Cost per character at the greatest length, over that at the first, from which a text is called out."""
TINY = 0.05
"""Seconds below which a stage's time at the greatest length is no measurement."""

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
    "figures of people": "5 người, ",
    "figures in brackets": "(5 ",
    "figures in quotes": '5 "',
    "figures and slashes": "5 đồng/",
    "figures, sentences": "Bán 5 kg. ",
    "ranges": "5 - 7 ",
    "ratios": "5/7 bản ",
    "dates": "ngày 1/2, ",
    "dates, bare": "24/5 ",
    "dates, ranges": "1/3 đến ",
    "days in a list": "ngày 1, 2, ",
    "months in a list": "tháng 1, 2, ",
    "dates and figures": "ngày 1/2 bán 5 kg, ",
    "years": "năm 2020 - ",
    "years, ranges": "2013 - 2014 - ",
    "year": "năm ",
    "hours": "5 giờ ",
    "parts of the day": "sáng ",
    "number words": "hai mươi ",
    "hundreds": "một trăm ",
    "halves": "nửa triệu đến ",
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
    "opening quotes": "“",
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
    "small syllables, joined": "người",
    "capitals, joined": "NguyễnVănAn",
    "of": "của ",
    "and": "và ",
    "lines": "\n",
    "blank lines": " \n",
    "short lines": "An\n",
    "headlines": "UBND tỉnh Lai Châu bán 5 kg\n\n",
    "lists": "- Ông An, Chủ tịch xã;\n",
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
    "committees of communes": "UBND các xã, phường, ",
    "offices": "Sở Y tế ",
    "offices in a list": "Sở Y tế, ",
    "offices, sentences": "Sở Y tế họp. ",
    "parts of bodies": "Phòng Ban Cục ",
    "heads": "Công ty ",
    "companies": "Công ty cổ phần An Bình ",
    "companies, open names": "Vinamilk bán cho Sabeco. ",
    "places": "xã Phú Lâm huyện Tam Nông ",
    "places in a list": "xã, phường, ",
    "titles": "Chủ tịch ",
    "deputies": "Phó Chủ tịch ",
    "titles and bodies": "Chủ tịch UBND tỉnh ",
    "titles and names": "Chủ tịch Nguyễn Văn An, ",
    "titles without bodies": "Sở Y tế họp. Giám đốc Nguyễn Văn An nói. ",
    "counterparts": "người đồng cấp, ",
    "honorifics": "ông ",
    "honorifics and names": "ông An ",
    "honorifics and full names": "ông Nguyễn Văn A ",
    "ranks": "Đại tá ",
    "full names": "ông Nguyễn Văn An và ông An ",
    "foreign names": "Tổng thống John Smith ",
    "abbreviations": "TP. ",
    "credits": "Ảnh: ",
    "web addresses": "www.laichau.gov.vn ",
    "rates": "5%/năm",
    "rises": "tăng 5% ",
    "currencies": "$5 ",
    "verbs of change": "tăng giảm ",
    "bounds": "hơn gần khoảng ",
}

WORDS = (
    "UBND tỉnh Sở Phòng Ban Công ty ông bà Chủ tịch Phó Giám đốc Đại tá Nguyễn Văn An Lai Châu TP. xã huyện của và tại "
    "ngày tháng năm sáng qua trước 1 2 15 2019 1.200 3,5 % tỷ đồng triệu USD hộ tăng giảm đạt hơn khoảng từ đến "
    ", . ; : ( ) - – / “ ” \n"
)
SYLLABLES = "An Bình Châu Dung Giang Hà Khanh Lan Minh Nam Oanh Phúc Quang Sơn Tâm Uyên Vinh Xuân Yên"


def repeated(piece: str) -> Callable[[int], str]:
    """A text of any length that says one thing again and again."""
    return lambda length: piece * max(1, length // len(piece))


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


def shuffled(words: list[str], gap: str) -> Callable[[int], str]:
    """A text of any length of such words, in no order."""
    return lambda length: gap.join(random.Random(7).choices(words, k=length))[:length]


TEXTS: Mapping[str, Callable[[int], str]] = {
    "an article": repeated(article()),
    "all different": varied,
    "press words, shuffled": shuffled(WORDS.split(" "), " "),
    "digits, signs, shuffled": shuffled(list("0123456789/.,-:  "), ""),
    **{name: repeated(piece) for name, piece in PIECES.items()},
}

Times = dict[str, float]


def timed(text: str) -> Times:
    """Processor time of each step of one extraction, by its name, and of all."""
    gc.collect()
    at = [time.process_time()]
    known = Findings.of(Article(text, published="2019-06-01"))
    _ = known.text.sentences
    at.append(time.process_time())
    for stage in STAGES.values():
        known = stage(known)
        at.append(time.process_time())
    assemble(known)
    at.append(time.process_time())
    names = ("text", *(name.removeprefix("vnextract.") for name in STAGES), "assemble")
    return dict(zip(names, (end - begin for begin, end in pairwise(at)), strict=True)) | {"extract": at[-1] - at[0]}


class Row:
    """One text at several lengths."""

    def __init__(self, make: Callable[[int], str], longest: int) -> None:
        self.lengths: list[int] = []
        self.times: list[Times] = []
        length = FIRST
        while length <= longest and (not self.times or self.times[-1]["extract"] < PATIENCE):
            self._measure(make(length))
            length *= 2
        for _ in range(AGAIN):
            if self.steepness("extract") <= STEEP:
                break
            kept = self.lengths.copy(), self.times.copy()
            self.lengths, self.times = [], []
            for length, before in zip(*kept, strict=True):
                self._measure(make(length))
                self.times[-1] = {name: min(took, before[name]) for name, took in self.times[-1].items()}

    def _measure(self, text: str) -> None:
        self.lengths.append(len(text))
        self.times.append(timed(text))

    def costs(self, step: str) -> list[float]:
        """Microseconds per character at each length."""
        return [1e6 * times[step] / length for times, length in zip(self.times, self.lengths, strict=True)]

    def steepness(self, step: str) -> float:
        """Cost per character at the greatest length over that at the first."""
        costs = self.costs(step)
        return costs[-1] / max(costs[0], 1e-6) if self.times[-1][step] > TINY else 1.0

    def line(self, name: str, step: str) -> str:
        """The row as the table shows it."""
        took = [times[step] for times in self.times]
        ratios = "  ".join(f"{after / max(before, 1e-6):4.1f}" for before, after in pairwise(took))
        return f"{name:30} {self.costs(step)[0]:7.2f} µs/char   {ratios}   {self.steepness(step):5.2f}"


def main() -> int:
    """Print the table; 1 where a text is steep."""
    parser = argparse.ArgumentParser(description="cost of extract over doublings of hostile texts")
    parser.add_argument("names", nargs="*", help="parts of the names of texts; all texts without any")
    parser.add_argument("--stages", action="store_true", help="a row for each stage of each text")
    parser.add_argument("--longest", type=int, default=LONGEST, help="characters of the longest text")
    options = parser.parse_args()
    timed(article())
    steep = []
    for name, make in TEXTS.items():
        if options.names and not any(part in name for part in options.names):
            continue
        row = Row(make, options.longest)
        print(row.line(name, "extract"), flush=True)
        if row.steepness("extract") > STEEP:
            steep.append(name)
        if options.stages or row.steepness("extract") > STEEP:
            print(*(row.line(f"  {step}", step) for step in row.times[0] if step != "extract"), sep="\n", flush=True)
    print(f"steeper than {STEEP}: {', '.join(steep) or 'none'}")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
