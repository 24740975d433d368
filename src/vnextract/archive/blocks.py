"""The words of marked-up text, a line for each block."""

from typing import Any

_BLOCKS = frozenset(
    {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "figure", "table", "ul", "ol", "section"}
)


def local_name(element: Any) -> str:
    """An element's name without its namespace; none of what is no element."""
    return element.tag.rpartition("}")[2] if element is not None and isinstance(element.tag, str) else ""


def plain(whole: Any) -> str:
    """The text of an element; its blocks are marked in the tree, which is of no other use afterwards."""
    for part in whole.iter():
        if local_name(part) in ("script", "style"):
            part.text = None
        elif local_name(part) in _BLOCKS:
            part.text, part.tail = f"\n{part.text or ''}", f"\n{part.tail or ''}"
    lines = (" ".join(line.split()) for line in "".join(whole.itertext()).split("\n"))
    return "\n".join(filter(None, lines))
