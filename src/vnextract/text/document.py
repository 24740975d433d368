"""The text of an article as every extractor reads it: normalised, and segmented when somebody asks."""

from vnextract.text.alignment import Span
from vnextract.text.normalise import normalise
from vnextract.text.once import once
from vnextract.text.segment import sentences
from vnextract.text.spans import Spans
from vnextract.text.structure import Block, blocks
from vnextract.text.words import Words


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
        return tuple(blocks(self.norm))

    @once
    def sentences(self) -> tuple[Span, ...]:
        """Sentences, in order; none crosses a paragraph."""
        return tuple(sentence for part in self.blocks for sentence in sentences(self.norm, Span(part.start, part.end)))

    @once
    def words(self) -> Words:
        """The token table of the whole text."""
        return Words.of(self.norm, self.sentences)

    @property
    def syllables(self) -> tuple[Span, ...]:
        """Syllables, numbers and signs of the whole text, in order: the offsets of `words`."""
        return self.words.spans

    @once
    def _sentence_index(self) -> Spans[Span]:
        return Spans(self.sentences)

    @once
    def _block_index(self) -> Spans[Block]:
        return Spans(self.blocks)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds a character (the one before it, where the character is between two)."""
        whole = self.sentences[0] if self.sentences else Span(0, len(self.norm))
        return self._sentence_index.last_before(offset + 1) or whole

    def block_at(self, offset: int) -> Block | None:
        """The paragraph that holds a character (the one before it, where the character is between two)."""
        first = self.blocks[0] if self.blocks else None
        return self._block_index.last_before(offset + 1) or first
