"""One spelling for everything after: NFC, plain spaces, no invisible characters, one placement of tone marks."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from vnextract.text.accents import lacks_accents, with_number_words
from vnextract.text.alignment import Alignment, Edit, edited
from vnextract.text.blanks import blanks, forgotten, run_together
from vnextract.text.cells import cells, flattened
from vnextract.text.late import late
from vnextract.text.letters import LETTER
from vnextract.text.markup import joints, marks, references, tags
from vnextract.text.wraps import wraps

_ONE_TO_ONE = {
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\v\f", " "
    ),
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},
    "\u00d0": "Đ",
    "\u0189": "Đ",
    "\u00f0": "đ",
    "\u2212": "-",
    "\u2010": "-",
    "\u2011": "-",
    # Letters whose other case has another spelling: a pattern that ignores case would find them, a table would not.
    "\u0130": "I",
    "\u0131": "i",
    "\u017f": "s",
}
_DROPPED = "\u00ad\ufeff" + "".join(map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]))
_CONTROL = "".join(chr(c) for c in [*range(0, 9), *range(14, 32), *range(127, 133), *range(134, 160)])
_LOOK_ALIKES = dict(zip("аеорсухіАВЕКМНОРСТХІΑΒΕΗΙΚΜΝΟΡΤΧο", "aeopcyxiABEKMHOPCTXIABEHIKMNOPTXo", strict=True))

_ODD = re.compile(f"[{''.join(map(re.escape, _ONE_TO_ONE))}{''.join(_LOOK_ALIKES)}]")
_HAS_INVISIBLE = re.compile(f"[{_DROPPED}{re.escape(_CONTROL)}\r\ud800-\udfff]")
_LEFT_OUT = re.compile(f"[{_DROPPED}{re.escape(_CONTROL)}]+|\r\n?|[\ud800-\udfff]+")
_LOOK_ALIKE_IN_WORD = late(
    f"(?<=[{LETTER}])[{''.join(_LOOK_ALIKES)}]+(?![\u0370-\u052f])"
    f"|(?<![\u0370-\u052f])[{''.join(_LOOK_ALIKES)}]+(?=[{LETTER}])"
)
# Bounded, for putting endless marks in order takes time quadratic in their number. No mark belongs to a surrogate.
_CLUSTER = late("[^\ud800-\udfff][\u0300-\u036f]{1,30}|[\u0340-\ud7ff\ue000-\U0010ffff]")

_TRANSLATE = str.maketrans(_ONE_TO_ONE)

# oà → òa, oè → òe, uý → úy at the end of a syllable; `quý` is spelt alike in both conventions.
_OLD_TONES = "àáảãạ", "èéẻẽẹ", "ỳýỷỹỵ"
_TONED = {
    first_letter + toned: tone_first + plain
    for first_letter, plain, toneds, tone_firsts in (
        ("o", "a", _OLD_TONES[0], "òóỏõọ"),
        ("o", "e", _OLD_TONES[1], "òóỏõọ"),
        ("u", "y", _OLD_TONES[2], "ùúủũụ"),
    )
    for toned, tone_first in zip(toneds, tone_firsts, strict=True)
}
_TONED |= {key.title(): value.title() for key, value in _TONED.items()} | {
    key.upper(): value.upper() for key, value in _TONED.items()
}
# Some web pages print the tone on the glide after a marked vowel, where no spelling has it: `hôị`, `ngươì`, `tiêủ`.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_TONED |= {
    unicodedata.normalize("NFC", vowel + glide + tone): unicodedata.normalize("NFC", vowel + tone) + glide
    for vowel in "âêôơưÂÊÔƠƯ"
    for glide in "iyuaoIYUAO"
    for tone in _TONES
}
_GLIDES = "ìíỉĩịỳýỷỹỵùúủũụàáảãạòóỏõọÌÍỈĨỊỲÝỶỸỴÙÚỦŨỤÀÁẢÃẠÒÓỎÕỌ"
# The class of letters stands first, for the search leaps from one of them to the next.
_TONE_PLACEMENT = re.compile(
    "[oOuUâêôơưÂÊÔƠƯ]"
    "(?:(?<=[oO])[àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ]|(?<=[uU])(?<![qQ].)[ỳýỷỹỵỲÝỶỸỴ]|"
    f"(?<=[âêôơưÂÊÔƠƯ])[{_GLIDES}])(?![{LETTER}])"
)

_MOST_FOLDED = 2_000


def place_tones(text: str) -> str:
    """Write tone marks the way most newspapers do; the length never changes.

    >>> place_tones("Uỷ ban, hoà bình, Thuý, quý, hoàn, ngươì")
    'Ủy ban, hòa bình, Thúy, quý, hoàn, người'
    """
    return _TONE_PLACEMENT.sub(lambda match: _TONED.get(match.group(), match.group()), text)


@lru_cache(maxsize=_MOST_FOLDED)
def fold(text: str) -> str:
    """The comparison key of a name: NFC, lower case, one tone placement, white space as single spaces.

    >>> fold("UỶ  BAN") == fold("ủy ban")
    True
    """
    return " ".join(place_tones(unicodedata.normalize("NFC", text)).lower().split())


def _look_alikes(text: str) -> str:
    return _LOOK_ALIKE_IN_WORD.sub(lambda match: "".join(_LOOK_ALIKES[c] for c in match.group()), text)


def _left_out(text: str) -> Iterator[Edit]:
    """Invisible characters, the line breaks of other systems, and halves of characters.

    The last end a paragraph, for a mention that held one could not be written as JSON.
    """
    if not _HAS_INVISIBLE.search(text):
        return
    for match in _LEFT_OUT.finditer(text):
        first = match.group()[0]
        yield *match.span(), "\n" if first == "\r" else "\n\n" if "\ud800" <= first <= "\udfff" else ""


def _composed(text: str) -> Iterator[Edit]:
    """Letters that are printed with combining marks."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in _CLUSTER.finditer(text):
        whole = unicodedata.normalize("NFC", match.group())
        if whole != match.group():
            yield *match.span(), whole


def _replaced(text: str) -> str:
    """The text with other signs for some of its characters, one for one."""
    text = place_tones(_look_alikes(text.translate(_TRANSLATE)) if _ODD.search(text) else text)
    return with_number_words(text) if lacks_accents(text) else text


_Step = Callable[[str], Iterable[Edit]]
_CHARACTERS: tuple[_Step, ...] = (references, tags, _left_out, _composed)
_LAYOUT: tuple[_Step, ...] = (
    marks,
    joints,
    cells,
    blanks,
    flattened,
    wraps,
    forgotten,
    run_together,
)
_Settled = dict[_Step, str]
"""The text in which a step last found nothing to do; it need not look at the same text again."""
_MOST_ROUNDS = 5


def normalise(raw: str) -> tuple[str, Alignment]:
    """The text that extractors read, and the way back to `raw`.

    Composed letters, plain characters, one placement of tone marks; no tags, no marks of Markdown or of word
    segmenters; single blanks, sentences unbroken by the ends of lines, a blank after each. Normalising again changes
    nothing. Offsets agree one to one unless something had to be composed, left out or put in.

    >>> text, alignment = normalise("U\u0309y ban  nh&acirc;n\\ndân")
    >>> text, alignment.to_raw(0, 2), alignment.to_raw(7, 15)
    ('Ủy ban nhân dân', (0, 3), (9, 23))
    """
    text, alignment, settled = raw, Alignment(), _Settled()
    for _ in range(_MOST_ROUNDS):
        before = text
        text, characters = _through(_CHARACTERS, text, settled)
        text, layout = _through(_LAYOUT, _replaced(text), settled)
        alignment = alignment.then(characters).then(layout)
        if text == before:
            break
    return text, alignment


def _through(steps: Iterable[_Step], text: str, settled: _Settled) -> tuple[str, Alignment]:
    alignment = Alignment()
    for step in steps:
        if settled.get(step) == text:
            continue
        after, change = edited(text, step(text))
        if change.starts is None:
            settled[step] = text
        text, alignment = after, alignment.then(change)
    return text, alignment
