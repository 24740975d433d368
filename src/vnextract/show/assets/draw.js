// Draws the marks of a paragraph anew after a correction, properly nested, as `marks.nested` does.
{
  const before = (one, other) => one.start - other.start || other.end - one.end;

  function open(mark) {
    if (mark.post) return page.element("span", { class: "post", "data-of": mark.fact });
    const { item } = mark;
    const made = page.element("mark", { class: mark.kind, "data-fact": mark.fact, "data-n": mark.number });
    if (item.sure !== null && item.sure !== undefined) {
      made.dataset.sure = Math.round(100 * item.sure);
      if (item.sure < 0.8) made.classList.add(item.sure < 0.5 ? "unsure" : "fairly");
    }
    if (item.state) made.classList.add(item.state);
    if (!mark.continued) {
      made.id = `${mark.fact}-${mark.number}`;
      made.tabIndex = page.isOff(made) ? -1 : 0;
    }
    return made;
  }

  function draw(paragraph) {
    const [first, last] = page.extent(paragraph);
    const points = page.points();
    const waiting = page
      .drawn()
      .filter((mark) => mark.start < last && mark.end > first)
      .map((mark) => ({ ...mark, start: Math.max(mark.start, first), end: Math.min(mark.end, last), continued: mark.start < first }));
    waiting.sort(before);
    const root = document.createDocumentFragment();
    const stack = [{ node: root, end: last }];
    const top = () => stack[stack.length - 1];
    let at = first;
    const write = (end) => {
      if (at < end) top().node.append(points.slice(at, end).join(""));
      at = Math.max(at, end);
    };
    while (waiting.length || stack.length > 1) {
      if (stack.length > 1 && (!waiting.length || waiting[0].start >= top().end)) {
        write(top().end);
        stack.pop();
        continue;
      }
      const mark = waiting.shift();
      write(mark.start);
      if (stack.length > 1 && mark.end > top().end) {
        waiting.push({ ...mark, start: top().end, continued: true });
        waiting.sort(before);
        mark.end = top().end;
      }
      const node = open(mark);
      top().node.append(node);
      stack.push({ node, end: mark.end });
    }
    write(last);
    paragraph.replaceChildren(root);
  }

  // Redraws every paragraph that one of the spans touches.
  page.redraw = (spans) => {
    for (const paragraph of page.paragraphs()) {
      const [first, last] = page.extent(paragraph);
      if (spans.some(([start, end]) => start < last && end > first)) draw(paragraph);
    }
    page.sift();
  };
}
