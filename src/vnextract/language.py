"""The pipeline as a spaCy `Language`: tokens are words, facts are span groups, the record is `doc._.record`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary

from spacy import blank
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from vnextract.article import Article, Published
from vnextract.assemble import assemble
from vnextract.errors import UnknownTableError
from vnextract.findings import Findings
from vnextract.kinds import KINDS, FactKind, Kind
from vnextract.pipeline import STAGES, Stage
from vnextract.records import (
    ArticleRecord,
    DateKind,
    Indicator,
    Official,
    Organisation,
    OrganisationKind,
    UnitKind,
)
from vnextract.text.alignment import Span as Stretch
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

    def _token_spans(self, text: Text) -> Iterator[tuple[Stretch, bool]]:
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
    raw: str, text: Text, spans: Iterator[tuple[Stretch, bool]]
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

    The spans are written, and the record made, once: by the last extractor of a run of them in the pipeline.
    """

    def __init__(self, nlp: Language, name: str, factory: str, published: str | None, ents: bool) -> None:
        self.nlp = nlp
        self.name = name
        self.factory = factory
        self.published = published
        self.ents = ents
        self._stage: Stage = STAGES[factory]
        self._latest: Doc | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Run the extractor on one Doc."""
        known = self._stage(self._known(doc))
        hooks = _hooks(doc)
        hooks[_STATE] = known
        following = self._following()
        if following and following[0]:
            return doc
        record = assemble(known)
        _write(doc, record, (pipe.factory for pipe in self._ours()), self.ents)
        # A span group holds its Doc weakly: `nlp(text).spans["dates"]` needs somebody else who holds it.
        self._latest = doc
        if not any(following):
            # What stays on the Doc must survive its serialisation, so that `n_process` and `DocBin` work.
            del hooks[_STATE]
            doc.user_data[_RECORD] = record.model_dump_json()
        return doc

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the Doc of last."""
        return self.__dict__ | {"_latest": None}

    def _following(self) -> list[bool]:
        """Of the components after this one, which are extractors."""
        names = self.nlp.pipe_names
        after = names[names.index(self.name) + 1 :] if self.name in names else []
        return [isinstance(self.nlp.get_pipe(name), Component) for name in after]

    def _ours(self) -> "Iterator[Component]":
        """The extractors that have run, this one the last."""
        for _, pipe in self.nlp.pipeline:
            if isinstance(pipe, Component):
                yield pipe
            if pipe is self:
                return
        yield self

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


def _write(doc: Doc, record: ArticleRecord, factories: Iterable[str], ents: bool) -> None:
    """The span groups of the extractors that have run, and the entities of the Doc where they are wanted."""
    entities: list[Span] = []
    for kind in filter(None, map(_KINDS.get, dict.fromkeys(factories))):
        doc.spans[kind.field] = list(_spans(doc, record, kind, kind.label))
        entities.extend(_spans(doc, record, kind, _entity_label) if ents else ())
    if ents:
        # Of mentions that overlap the longest stays; what other components have found gives way.
        ours = filter_spans(entities)
        taken = {token.i for span in ours for token in span}
        others = [span for span in doc.ents if not any(token.i in taken for token in span)]
        doc.ents = [*ours, *others]


def _spans(doc: Doc, record: ArticleRecord, kind: Kind, label: Callable[[Any], str]) -> Iterator[Span]:
    for number, fact in enumerate(kind.facts(record)):
        for mention in kind.mentions(fact):
            span = doc.char_span(
                mention.start, mention.end, label(fact), alignment_mode="expand", span_id=_span_id(kind, number, fact)
            )
            if span is not None:
                yield span


def _entity_label(fact: Any) -> str:
    """The label of an entity, from the scheme that spaCy's own pipelines use."""
    if isinstance(fact, Indicator):
        return _UNIT_LABELS.get(fact.unit_kind, "QUANTITY")
    if isinstance(fact, Organisation):
        return "ORG"
    return "PERSON" if isinstance(fact, Official) else "DATE"


_UNIT_LABELS = {UnitKind.MONEY: "MONEY", UnitKind.PERCENT: "PERCENT"}


_ENTITY_KINDS = {
    "ORG": FactKind.ORGANISATION,
    "PERSON": FactKind.OFFICIAL,
    "DATE": FactKind.DATE,
    "MONEY": FactKind.INDICATOR,
    "PERCENT": FactKind.INDICATOR,
    "QUANTITY": FactKind.INDICATOR,
}
_LABELS: Mapping[FactKind, Sequence[str]] = {
    FactKind.ORGANISATION: tuple(OrganisationKind),
    FactKind.OFFICIAL: ("official",),
    FactKind.DATE: tuple(DateKind),
    FactKind.INDICATOR: tuple(UnitKind),
}


def displacy_options(spans_key: str | None = None) -> dict[str, Any]:
    """Options with which displaCy draws our labels in the colours of the pages.

    Args:
        spans_key: The span group that `style="span"` draws: `organisations`, `officials`, `dates` or `indicators`;
            None for `style="ent"` on a Doc of `load(ents=True)`.

    Raises:
        UnknownTableError: there is no such span group.

    Examples:
        >>> displacy_options("dates")["colors"]["duration"]
        'rgb(186, 223, 212)'
    """
    if spans_key is None:
        colours = {label: _colour(kind) for label, kind in _ENTITY_KINDS.items()}
        return {"ents": list(colours), "colors": colours}
    kinds = {row.field: kind for kind, row in KINDS.items()}
    if spans_key not in kinds:
        raise UnknownTableError(f"there is no span group {spans_key!r}; the span groups are {', '.join(kinds)}")
    labels = _LABELS[kinds[spans_key]]
    return {"spans_key": spans_key, "colors": {str(label): _colour(kinds[spans_key]) for label in labels}}


def _colour(kind: FactKind) -> str:
    """A tint on which black letters can be read."""
    channels = (round(255 - 0.3 * (255 - int(part))) for part in KINDS[kind].tint.split(","))
    return f"rgb({', '.join(map(str, channels))})"


def _span_id(kind: Kind, number: int, fact: Any) -> str:
    """The key of what has an identifier, the position of what has none."""
    return kind.key(number, fact) if hasattr(fact, "id") else str(number)


class _Records:
    """The records of Docs, read from what is stored on them once; a Doc that is gone takes its record with it."""

    def __init__(self) -> None:
        self._read: WeakKeyDictionary[Doc, tuple[str, ArticleRecord]] = WeakKeyDictionary()

    def __call__(self, doc: Doc) -> ArticleRecord | None:
        stored = doc.user_data.get(_RECORD)
        if not stored:
            return None
        known = self._read.get(doc)
        if known is None or known[0] != stored:
            known = self._read[doc] = (stored, ArticleRecord.model_validate_json(stored).with_text(doc.text))
        return known[1]


for _key in _CONTEXT_KEYS:
    Doc.set_extension(_key, default=None, force=True)
Doc.set_extension("record", getter=_Records(), force=True)


def _factory(stage: str) -> Callable[[Language, str, str | None, bool], Component]:
    def create(nlp: Language, name: str, published: str | None, ents: bool) -> Component:
        return Component(nlp, name, stage, published, ents)

    create.__doc__ = f"The `{stage}` component."
    default_config: dict[str, Any] = {"published": None, "ents": False}
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


def load(*, words: bool = True, published: str | None = None, ents: bool = False) -> Language:
    """The whole pipeline as a spaCy `Language`.

    Args:
        words: Whether tokens are words, as spaCy's users of Vietnamese expect; else syllables, which is faster.
        published: Publication date (`2023-05-25`, `2023-05`) for texts that come without one.
        ents: Whether `doc.ents` is filled too, with the mentions that do not overlap, labelled ORG, PERSON, DATE,
            MONEY, PERCENT, QUANTITY.

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
        nlp.add_pipe(_safe(name), config={"published": published, "ents": ents})
    return nlp
