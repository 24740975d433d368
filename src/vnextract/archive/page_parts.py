"""What a page says of itself beside its text: the lead above it, and whether it is one article at all."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

_LEAD = re.compile(r"(?:^|[\s_-])(?:sapo|chapeau|standfirst|lead|summary|description|desc)(?:$|[\s_-])")
"""Names that sites give to the lead; the page's own description is known by its words."""
_LEAD_TAGS = ("p", "h2", "h3", "div", "strong", "section")
_SHORTEST_LEAD, _LONGEST_LEAD = 40, 1_000
_LOOKED_AT = 400
"""Elements after the headline among which the lead is looked for."""
_BEGINNING = 50
"""Characters by which two texts are told to be the same."""
_FRONT = re.compile(r"/?(?:index|home|default|trang-chu)?(?:\.\w{2,5})?/?")
_STATED = (
    "//meta[contains(@property, 'published_time')] | //meta[@property = 'og:type' and contains(@content, 'article')]"
)
_SIGNS = "//*[@itemprop = 'datePublished'] | //*[contains(@itemtype, 'Article')]"
"""What a page states of itself, and what may be in it as well where it is a list."""
_DATA_SIGN = re.compile(r'"@type"\s*:\s*\[?\s*"\w*Article"')
_LINK, _LINKS, _SHARE = 20, 5, 0.25
"""Characters of a headline's link, links and their share of the text from which on a page is a list of articles."""


def squeezed(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


def lead_of(tree: Any, text: str) -> str | None:
    """The lead that stands between the headline and the text of an article; None where the text has it.

    It is known by its class, or as what the page gives for its description.
    """
    known = squeezed(text)
    described = squeezed(_meta(tree, "description") or _meta(tree, "og:description") or "")[:_BEGINNING]
    for element in _after_headline(tree):
        if not isinstance(element.tag, str) or element.tag not in _LEAD_TAGS:
            continue
        names = " ".join(element.get(name, "") for name in ("class", "id", "itemprop")).lower()
        is_named = bool(_LEAD.search(names))
        if not is_named and len(described) < _SHORTEST_LEAD:
            continue
        words = squeezed(" ".join(element.itertext()))
        if not _SHORTEST_LEAD <= len(words) <= _LONGEST_LEAD:
            continue
        if is_named or words.startswith(described):
            return None if words[:_BEGINNING] in known or words[-_BEGINNING:] in known else words
    return None


def _after_headline(tree: Any) -> Iterator[Any]:
    elements = tree.iter()
    if tree.find(".//h1") is not None:
        for element in elements:
            if element.tag == "h1":
                break
    for _, element in zip(range(_LOOKED_AT), elements, strict=False):
        yield element


def _is_front(address: str | None) -> bool:
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return False
    return bool(parts.netloc and not parts.query and _FRONT.fullmatch(parts.path))


def _own_address(tree: Any) -> str | None:
    """Where the page says that it stands; some sites say of every article that it is their front page."""
    return _meta(tree, "og:url") or next((one.get("href") for one in tree.xpath("//link[@rel='canonical']")), None)


def _meta(tree: Any, name: str) -> str | None:
    for element in tree.iter("meta"):
        if name in (element.get("name"), element.get("property")):
            content: str | None = element.get("content")
            return content
    return None


def why_no_article(tree: Any, html: str, text: str, url: str | None) -> str | None:
    """Why a page is not one article; None where it is."""
    if _is_front(url) or (not tree.xpath(_STATED) and _is_front(_own_address(tree))):
        return "this is the front page of a site, not an article"
    if tree.xpath(f"{_STATED} | {_SIGNS}") or _DATA_SIGN.search(html):
        return None
    links = {words for one in tree.iter("a") if len(words := squeezed(" ".join(one.itertext()))) >= _LINK}
    lines = [squeezed(line).removeprefix("- ") for line in text.split("\n")]
    linked = [line for line in lines if line in links]
    if len(linked) >= _LINKS and sum(map(len, linked)) > _SHARE * sum(map(len, lines)):
        return f"this is a list of articles, not one: {len(linked)} of its {len(lines)} lines are links to others"
    return None
