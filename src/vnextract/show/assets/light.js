// A mark that is pointed at or focused opens the card, and lights what its fact belongs to.
{
  const { article, markAt } = page;
  const card = page.element("div", { id: "card", role: "tooltip", hidden: "" });
  document.body.append(card);
  const narrow = matchMedia("(max-width: 40rem)");
  let shown = null;
  let leaving = 0;
  let named = null;

  // Which facts name a fact: a date those figures that hold for it, a body its people and figures.
  function namedBy(key) {
    if (!named) {
      named = new Map();
      for (const one of Object.keys(page.data().facts)) {
        for (const to of page.fact(one).to ?? []) named.set(to, [...(named.get(to) ?? []), one]);
      }
    }
    return named.get(key) ?? [];
  }
  page.related = (key) => [...new Set([...(page.fact(key)?.to ?? []), ...namedBy(key)])];

  // A date inside an organisation's name belongs to both: the card tells the inner fact, then the outer ones.
  function around(mark) {
    const found = [];
    for (let at = mark; at; at = at.parentElement.closest("mark")) if (!page.isOff(at)) found.push(at);
    return found;
  }

  const sureOf = (mark) => (mark.dataset.sure ? mark.dataset.sure / 100 : null);

  function light(key) {
    for (const same of page.marks(key)) same.classList.add("same");
    const related = page.related(key);
    for (const mark of related.flatMap(page.marks)) mark.classList.add("linked");
    for (const who of [key, ...related]) {
      if (page.fact(who)?.kind !== "official") continue;
      for (const post of article.querySelectorAll(`.post[data-of="${CSS.escape(who)}"]`)) post.classList.add("lit");
    }
    page.emit("light", key, related);
  }

  function dark() {
    for (const [name, selector] of [["same", "mark"], ["linked", "mark"], ["lit", ".post"]]) {
      for (const one of document.querySelectorAll(`${selector}.${name}`)) one.classList.remove(name);
    }
    page.emit("dark");
  }

  page.shown = () => shown;
  page.show = (mark) => {
    clearTimeout(leaving);
    if (mark === shown) return;
    page.hide();
    shown = mark;
    const known = around(mark).filter((at) => page.fact(at.dataset.fact));
    card.replaceChildren(...known.flatMap((at) => page.summed(at.dataset.fact, sureOf(at))));
    card.hidden = !known.length || document.body.classList.contains("editing");
    if (!card.hidden) mark.setAttribute("aria-describedby", "card");
    light(mark.dataset.fact);
    place(mark);
  };

  function place(mark) {
    if (narrow.matches) return;
    const box = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const below = box.bottom + 10;
    const top = below + height < innerHeight ? below : Math.max(8, box.top - height - 10);
    card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    card.style.top = `${top}px`;
  }

  page.hide = () => {
    clearTimeout(leaving);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    card.hidden = true;
    shown = null;
    dark();
  };

  const hideSoon = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      const focused = markAt(document.activeElement);
      if (focused) page.show(focused);
      else page.hide();
    }, 150);
  };

  article.addEventListener("pointerover", (event) => {
    const mark = markAt(event.target);
    if (mark && event.pointerType !== "touch") page.show(mark);
  });
  article.addEventListener("pointerout", hideSoon);
  article.addEventListener("click", (event) => {
    const mark = markAt(event.target);
    if (!mark) return page.hide();
    page.show(mark);
    page.emit("pick", mark);
  });
  article.addEventListener("focusin", (event) => {
    const mark = markAt(event.target);
    if (mark) page.show(mark);
  });
  article.addEventListener("focusout", hideSoon);
  card.addEventListener("pointerenter", () => clearTimeout(leaving));
  card.addEventListener("pointerleave", hideSoon);
  addEventListener("scroll", () => shown && place(shown), { passive: true });
  addEventListener("resize", () => shown && place(shown));
  page.on("language", () => {
    const mark = shown;
    if (!mark) return;
    page.hide();
    page.show(mark);
  });
}
