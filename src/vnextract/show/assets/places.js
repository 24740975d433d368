// Places in the article, counted as the library counts: in code points of the text as it was passed in.
{
  let points = null;
  const letters = /[\p{L}\p{M}\p{N}]/u;
  page.points = () => (points ??= Array.from(page.data().review.gold.text));
  page.words = ([start, end]) => page.points().slice(start, end).join("");

  const length = (text) => {
    let count = 0;
    for (const _ of text) count += 1;
    return count;
  };

  page.paragraphs = () => [...page.article.querySelectorAll("[data-start]")];
  page.extent = (paragraph) => {
    const start = Number(paragraph.dataset.start);
    return [start, start + length(paragraph.textContent)];
  };

  function offset(paragraph, node, at) {
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, at);
    return Number(paragraph.dataset.start) + length(before.toString());
  }

  // The span that the reader has selected, without white space at its ends; null where there is none in one paragraph.
  page.selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const paragraph = page.paragraphs().find((one) => range.intersectsNode(one) && one.contains(range.startContainer));
    if (!paragraph) return null;
    const within = paragraph.contains(range.endContainer);
    let start = offset(paragraph, range.startContainer, range.startOffset);
    let end = within ? offset(paragraph, range.endContainer, range.endOffset) : page.extent(paragraph)[1];
    while (start < end && !page.points()[start].trim()) start += 1;
    while (start < end && !page.points()[end - 1].trim()) end -= 1;
    return start < end ? [start, end] : null;
  };

  // Selects a span in the article, as a reader's mouse would.
  page.select = ([start, end]) => {
    const paragraph = page.paragraphs().find((one) => page.extent(one)[0] <= start && start < page.extent(one)[1]);
    if (!paragraph) return;
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const ends = [];
    let at = page.extent(paragraph)[0];
    while (texts.nextNode()) {
      const node = texts.currentNode;
      const points = Array.from(node.data);
      for (const wanted of [start, end].slice(ends.length)) {
        if (wanted > at + points.length || (wanted === at + points.length && !ends.length)) break;
        ends.push([node, points.slice(0, wanted - at).join("").length]);
      }
      at += points.length;
    }
    if (ends.length < 2) return;
    getSelection().setBaseAndExtent(...ends[0], ...ends[1]);
    paragraph.scrollIntoView({ block: "center", behavior: "instant" });
  };

  // Where words stand next, from a place on; from the beginning again after the last.
  page.find = (words, from) => {
    const wanted = Array.from(words);
    const points = page.points();
    const fits = (at) => wanted.every((point, place) => points[at + place] === point);
    const last = points.length - wanted.length;
    if (!wanted.length) return null;
    for (let step = 0; step <= last; step += 1) {
      const at = (from + step) % (last + 1);
      if (fits(at)) return [at, at + wanted.length];
    }
    return null;
  };

  // Where words begin and end: runs of letters and digits, any other sign by itself.
  const isLetter = (at) => letters.test(page.points()[at] ?? "");
  const isBlank = (at) => !(page.points()[at] ?? " ").trim();

  page.nextBorder = (at) => {
    const last = page.points().length;
    while (at < last && isBlank(at)) at += 1;
    if (at >= last) return last;
    if (!isLetter(at)) return at + 1;
    while (at < last && isLetter(at)) at += 1;
    return at;
  };
  page.previousBorder = (at) => {
    while (at > 0 && isBlank(at - 1)) at -= 1;
    if (at <= 0) return 0;
    if (!isLetter(at - 1)) return at - 1;
    while (at > 0 && isLetter(at - 1)) at -= 1;
    return at;
  };
  page.skipBlanks = (at) => {
    while (isBlank(at) && at < page.points().length) at += 1;
    return at;
  };
  page.skipBlanksBack = (at) => {
    while (at > 0 && isBlank(at - 1)) at -= 1;
    return at;
  };
}
