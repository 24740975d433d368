"""The text of an article as every extractor reads it: normalised, and segmented when somebody asks."""

from bisect import bisect_right

from vnextract.text.alignment import Span
from vnextract.text.normalise import normalise
from vnextract.text.once import once
from vnextract.text.segment import paragraphs, sentences, syllables
from vnextract.text.structure import Block, block


class Text:
    """A normalised text with its layers; each layer is made once, on first use.

    >>> text = Text("Sáng 22.4, UBND tỉnh họp.\\n\\nQuang cảnh hội nghị. Ảnh: N.H")
    >>> [part.kind.value for part in text.blocks]
    ['body', 'caption']
    >>> text.sentence_at(3)
    Span(start=0, end=25)
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.norm, self.alignment = normalise(raw)

    @once
    def blocks(self) -> tuple[Block, ...]:
        """Paragraphs with their kind, in order."""
        return tuple(block(self.norm, span, index == 0) for index, span in enumerate(paragraphs(self.norm)))

    @once
    def sentences(self) -> tuple[Span, ...]:
        """Sentences, in order; none crosses a paragraph."""
        return tuple(sentence for part in self.blocks for sentence in sentences(self.norm, Span(part.start, part.end)))

    @once
    def syllables(self) -> tuple[Span, ...]:
        """Syllables, numbers and signs of the whole text, in order."""
        return tuple(syllables(self.norm))

    @once
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @once
    def _block_starts(self) -> list[int]:
        return [part.start for part in self.blocks]

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds a character (the one before it, where the character is between two)."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[max(index, 0)] if self.sentences else Span(0, len(self.norm))

    def block_at(self, offset: int) -> Block | None:
        """The paragraph that holds a character (the one before it, where the character is between two)."""
        index = bisect_right(self._block_starts, offset) - 1
        return self.blocks[max(index, 0)] if self.blocks else None
