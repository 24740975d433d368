// The list of facts: it follows the mark that is shown, and its links jump to the mentions.
{
  const { panel } = page;
  const stacked = matchMedia("(max-width: 56rem)");
  let items = null;

  page.item = (key) => {
    if (!items) {
      items = new Map();
      for (const item of panel?.querySelectorAll("li[data-all]") ?? []) {
        for (const one of item.dataset.all.split(" ")) items.set(one, item);
      }
    }
    return items.get(key) ?? null;
  };

  function scrollTo(item) {
    const frame = panel.getBoundingClientRect();
    const box = item.getBoundingClientRect();
    if (box.top < frame.top + 48) panel.scrollBy({ top: box.top - frame.top - 64, behavior: "instant" });
    else if (box.bottom > frame.bottom) {
      const room = Math.min(box.bottom - frame.bottom + 16, box.top - frame.top - 64);
      panel.scrollBy({ top: room, behavior: "instant" });
    }
  }

  page.on("light", (key, related) => {
    const item = page.item(key);
    item?.classList.add("current");
    for (const one of related) page.item(one)?.classList.add("linked");
    if (item && !stacked.matches && !item.closest("details:not([open])")) scrollTo(item);
  });
  page.on("dark", () => {
    for (const item of panel?.querySelectorAll("li.current, li.linked") ?? []) item.classList.remove("current", "linked");
  });

  // Pointing at an item of the list lights the same as pointing at its mark.
  panel?.addEventListener("pointerover", (event) => {
    const item = event.target.closest("li[data-fact]");
    if (!item || event.pointerType === "touch" || page.shown()) return;
    for (const key of item.dataset.all.split(" ").slice(0, 50)) page.marks(key).forEach((mark) => mark.classList.add("same"));
    for (const key of page.related(item.dataset.fact)) page.marks(key).forEach((mark) => mark.classList.add("linked"));
  });
  panel?.addEventListener("pointerout", () => {
    if (page.shown()) return;
    for (const mark of document.querySelectorAll("mark.same, mark.linked")) mark.classList.remove("same", "linked");
  });

  page.openItem = (key) => {
    const item = page.item(key);
    if (!item) return;
    for (let at = item.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    item.querySelector("details").open = true;
    item.scrollIntoView({ block: "center", behavior: "instant" });
    item.querySelector("a").focus({ preventScroll: true });
  };

  // Paragraphs out of sight have only a guessed height; once drawn, they may have moved the mark: look again.
  page.jump = (mark, tries = 6) => {
    mark.scrollIntoView({ block: "center", behavior: "instant" });
    const before = mark.getBoundingClientRect().top;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (tries && mark.getBoundingClientRect().top !== before) page.jump(mark, tries - 1);
      else mark.focus({ preventScroll: true });
    }));
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const place = link && document.getElementById(link.hash.slice(1));
    const folded = place?.closest("details");
    if (folded) folded.open = true;
    if (place?.tagName !== "MARK") return;
    event.preventDefault();
    page.jump(place);
  });

  page.on("language", () => {
    for (const item of panel?.querySelectorAll("li[data-fact]") ?? []) {
      const told = item.querySelector(".told");
      const open = told.querySelector("details").open;
      told.replaceChildren(page.described(item.dataset.fact));
      told.querySelector("details").open = open;
    }
  });
}
