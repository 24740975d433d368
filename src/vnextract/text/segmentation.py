"""Word segmentation as a layer on top of the text: underthesea's words, with exact offsets."""

from vnextract.text.alignment import Span


def words(text: str, start: int, end: int) -> list[Span]:
    """Words of one sentence.

    >>> text = "Hội nghị tổng kết"
    >>> [text[a:b] for a, b in words(text, 0, len(text))]
    ['Hội nghị', 'tổng kết']
    """
    from underthesea import word_tokenize

    spans, at = [], start
    for word in word_tokenize(text[start:end]):
        found = _find(text, word, at, end)
        if found:
            spans.append(found)
            at = found.end
    return spans


def _find(text: str, word: str, start: int, end: int) -> Span | None:
    first = text.find(word, start, end)
    if first >= 0:
        return Span(first, first + len(word))
    # The segmenter rewrites white space inside a word: follow its syllables one by one.
    at, begin = start, -1
    for syllable in word.split():
        at = text.find(syllable, at, end)
        if at < 0:
            return None
        begin = at if begin < 0 else begin
        at += len(syllable)
    return Span(begin, at) if begin >= 0 else None
