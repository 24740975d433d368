"""Items against the ledger: which are new, which have changed, and which the output holds as they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vnextract.archive.files import File, Unreadable, storable
from vnextract.archive.identity import Identity, identity_of
from vnextract.archive.items import Item
from vnextract.archive.ledger import Entry, Ledger
from vnextract.archive.prepare import Raw


@dataclass(frozen=True, slots=True)
class Pass:
    """One time through the input."""

    begun: int
    """Number of the last item before it."""
    maker: str
    """The version that makes records now."""
    reading: str = ""
    """How files are read: one that was read so, and has not changed since, is passed over."""
    published: str | None = None
    """Publication date of articles that carry none."""
    refresh: bool = False
    """Make the records of other versions anew."""
    retry_failures: bool = False
    """Try again what has failed."""
    passes_over_files: bool = True
    """Whether files are passed over; where articles are counted or drawn, all are read."""


class Known:
    """The items of one pass, with what the ledger knows of them."""

    def __init__(self, ledger: Ledger, run: Pass, number: int) -> None:
        """Go on after the item of a number."""
        self._ledger = ledger
        self._run = run
        self.number = number
        """Of the last item that was taken."""
        self.unchanged = 0
        """Articles that the output holds as they are."""

    def pass_over(self, file: File) -> bool:
        """Whether a file need not be read: it was, to its end and in the same way, and has not changed since."""
        run = self._run
        if run.refresh or not run.passes_over_files or not self._ledger.has_read(file, run.reading):
            return False
        return not (run.retry_failures and self._ledger.has_failures(file))

    def end_file(self, file: File) -> None:
        """Everything in a file was taken."""
        if self._run.passes_over_files:
            self._ledger.end_file(file, self._run.reading, self.number)

    def left(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items of which something is to be made, numbered, each article under an identifier that no other has."""
        for item in items:
            self.number += 1
            item = replace(item, number=self.number)
            if isinstance(item.raw, Unreadable):
                yield item
            elif (found := self._judged(item, item.raw)) is not None:
                yield found

    def _judged(self, item: Item, raw: Raw) -> Item | None:
        identity = identity_of(raw, self._run.published)
        item = replace(item, digest=identity.digest.hex())
        known = self._ledger.same(identity, self._run.begun)
        if known is None:
            return self._entered(item, raw, identity, self._ledger.earlier(identity, self._run.begun))
        if known.failure is not None:
            if self._run.retry_failures or self._is_outdated(known):
                return self._entered(item, raw, identity, known)
            self._ledger.meet(known, item.number)
            return replace(item, raw=Unreadable(raw.file, raw.place, known.failure))
        if self._is_outdated(known):
            return self._entered(item, raw, identity, known)
        self._ledger.meet(known, item.number)
        self.unchanged += 1
        return None

    def _is_outdated(self, known: Entry) -> bool:
        return self._run.refresh and known.maker != self._run.maker

    def _entered(self, item: Item, raw: Raw, identity: Identity, earlier: Entry | None) -> Item:
        """An item to be extracted, under the identifier that it has had, or else one of its own."""
        # As it is stored: two that differ in what cannot be stored would become one.
        given = storable(raw.id)
        own = earlier.id if earlier else self._ledger.unique(given, item.number)
        self._ledger.enter(identity, own, self._run.maker, item.number, earlier)
        if own != raw.id:
            raw = replace(raw, id=own)
        if own != given and own.startswith(f"{given}#"):
            raw = replace(
                raw, warnings=(*raw.warnings, f"an earlier article has the id {given!r}; this one is {own!r}")
            )
        is_known = earlier is not None and self._ledger.is_held(own)
        return replace(item, raw=raw, is_known=is_known)
