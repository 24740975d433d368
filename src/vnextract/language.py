"""The pipeline as a spaCy `Language`: tokens are words, facts are span groups, the record is `doc._.record`."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from spacy import blank
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from vnextract.article import Article, Published
from vnextract.assemble import assemble
from vnextract.findings import Findings
from vnextract.kinds import KINDS, Kind
from vnextract.pipeline import STAGES, Stage
from vnextract.records import ArticleRecord
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.segment import syllables
from vnextract.text.segmentation import words as segment_words

_STATE = "vnextract"
_RECORD = "vnextract_record"
_KINDS = {f"vnextract.{kind.field}": kind for kind in KINDS.values()}
_LONGEST = 16_000_000
"""Characters of the longest text; spaCy's own limit is for models that need more memory."""
_HALF = re.compile("[\ud800-\udfff]")
_CONTEXT_KEYS = ("published", "title", "source", "id", "url")


class Tokenizer:
    """Splits a text into words (underthesea) or into syllables, and keeps every character: `doc.text == text`.

    Half characters (surrogates without a partner), which spaCy cannot hold, become `\ufffd`; offsets stay.

    Args:
        vocab: The vocabulary of the pipeline.
        words: Whether tokens are words; else syllables.
    """

    def __init__(self, vocab: Vocab, words: bool = True) -> None:
        self.vocab = vocab
        self.words = words

    def __call__(self, raw: str) -> Doc:
        """Make a Doc, with sentence starts set."""
        raw = _HALF.sub("\ufffd", raw)
        text = Text(raw)
        tokens, spaces, starts = _lossless(raw, text, self._token_spans(text))
        return Doc(self.vocab, words=tokens, spaces=spaces, sent_starts=starts)

    def _token_spans(self, text: Text) -> Iterator[tuple[Span, bool]]:
        for sentence in text.sentences:
            spans = segment_words(text.norm, *sentence) if self.words else syllables(text.norm, *sentence)
            for position, span in enumerate(spans):
                yield span, position == 0

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to store: the configuration says it all."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> "Tokenizer":
        """Nothing to restore."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Nothing to store: the configuration says it all."""

    def from_disk(self, _path: str | Path, **_: Any) -> "Tokenizer":
        """Nothing to restore."""
        return self


def _lossless(
    raw: str, text: Text, spans: Iterator[tuple[Span, bool]]
) -> tuple[list[str], list[bool], list[bool | int | None]]:
    tokens: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    at = 0

    def gap(end: int) -> None:
        nonlocal at
        between = raw[at:end]
        if between.startswith(" ") and tokens:
            spaces[-1] = True
            between = between[1:]
        if between:
            tokens.append(between)
            spaces.append(False)
            starts.append(False)
        at = end

    begins = False
    for span, is_start in spans:
        begin, end = text.alignment.to_raw(*span)
        begins = begins or is_start
        # Characters that were normalised together belong to the first of the words that they became.
        if end <= at:
            continue
        gap(max(begin, at))
        tokens.append(raw[at:end])
        spaces.append(False)
        starts.append(begins)
        begins = False
        at = end
    gap(len(raw))
    return tokens, spaces, starts


def create_tokenizer(words: bool = True) -> Callable[[Language], Tokenizer]:
    """The tokenizer's factory, for a pipeline's configuration."""

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab, words)

    return create


registry.tokenizers.register("vnextract.tokenizer.v1", func=create_tokenizer)


class Component:
    """One extractor as a pipeline component: runs its stage on the Doc and writes what it found.

    The article's publication date, title and source come from `doc._.published`, `doc._.title`, `doc._.source`,
    from the context of `nlp.pipe([(text, {"published": ...})], as_tuples=True)`, or from the component's configuration.
    """

    def __init__(self, nlp: Language, name: str, factory: str, published: str | None) -> None:
        self.nlp = nlp
        self.name = name
        self.factory = factory
        self.published = published
        self._stage: Stage = STAGES[factory]

    def __call__(self, doc: Doc) -> Doc:
        """Run the extractor on one Doc."""
        known = self._stage(self._known(doc))
        _hooks(doc)[_STATE] = known
        record = assemble(known)
        if kind := _KINDS.get(self.factory):
            _write_spans(doc, record, kind)
        if self._is_last():
            # What stays on the Doc must survive its serialisation, so that `n_process` and `DocBin` work.
            del _hooks(doc)[_STATE]
            doc.user_data[_RECORD] = record.model_dump_json()
        return doc

    def _is_last(self) -> bool:
        ours = [name for name, pipe in self.nlp.pipeline if isinstance(pipe, Component)]
        return not ours or ours[-1] == self.name

    def _known(self, doc: Doc) -> Findings:
        state = _hooks(doc).get(_STATE)
        if isinstance(state, Findings):
            return state
        context = getattr(doc, "_context", None)
        known = {key: getattr(doc._, key) for key in _CONTEXT_KEYS}
        if isinstance(context, Mapping):
            known = {key: context[key] if context.get(key) is not None else value for key, value in known.items()}
        known["published"] = known["published"] or self.published
        return Findings.of(Article(doc.text, **known))


def _hooks(doc: Doc) -> dict[str, Any]:
    return cast(dict[str, Any], doc.user_hooks)


def _write_spans(doc: Doc, record: ArticleRecord, kind: Kind) -> None:
    found = [
        doc.char_span(
            mention.start, mention.end, kind.label(fact), alignment_mode="expand", span_id=_span_id(kind, number, fact)
        )
        for number, fact in enumerate(kind.facts(record))
        for mention in kind.mentions(fact)
    ]
    doc.spans[kind.field] = [span for span in found if span is not None]


def _span_id(kind: Kind, number: int, fact: Any) -> str:
    """The key of what has an identifier, the position of what has none."""
    return kind.key(number, fact) if hasattr(fact, "id") else str(number)


def _record(doc: Doc) -> ArticleRecord | None:
    stored = doc.user_data.get(_RECORD)
    return ArticleRecord.model_validate_json(stored).with_text(doc.text) if stored else None


for _key in _CONTEXT_KEYS:
    Doc.set_extension(_key, default=None, force=True)
Doc.set_extension("record", getter=_record, force=True)


def _factory(stage: str) -> Callable[[Language, str, str | None], Component]:
    def create(nlp: Language, name: str, published: str | None) -> Component:
        return Component(nlp, name, stage, published)

    create.__doc__ = f"The `{stage}` component."
    default_config: dict[str, Any] = {"published": None}
    Language.factory(_safe(stage), default_config=default_config, func=create)
    # spaCy registers no name with a dot, because a saved configuration cannot hold one; `add_pipe` takes them.
    registry.factories.register(stage, func=create)
    Language.set_factory_meta(stage, replace(Language.get_factory_meta(_safe(stage)), factory=stage))
    return create


def _safe(stage: str) -> str:
    return stage.replace(".", "_")


create_dates = _factory("vnextract.dates")
create_indicators = _factory("vnextract.indicators")
create_organisations = _factory("vnextract.organisations")
create_officials = _factory("vnextract.officials")
create_links = _factory("vnextract.links")


def load(*, words: bool = True, published: str | None = None) -> Language:
    """The whole pipeline as a spaCy `Language`.

    Args:
        words: Whether tokens are words, as spaCy's users of Vietnamese expect; else syllables, which is faster.
        published: Publication date (`2023-05-25`, `2023-05`) for texts that come without one.

    Raises:
        PublishedError: `published` is no date.

    Examples:
        >>> nlp = load(words=False)
        >>> doc = nlp("Sáng 16/4/2025, UBND tỉnh Lai Châu họp.")
        >>> [span.text for span in doc.spans["dates"]]
        ['Sáng 16/4/2025']
    """
    Published.parse(published)
    nlp = blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "vnextract.tokenizer.v1", "words": words}}})
    nlp.max_length = _LONGEST
    for name in STAGES:
        nlp.add_pipe(_safe(name), config={"published": published})
    return nlp
