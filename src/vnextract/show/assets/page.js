
"use strict";
(() => {
  const article = document.getElementById("article");
  const panel = document.getElementById("facts");
  const card = document.getElementById("card");
  const kinds = { organisation: "Organisation", official: "Official", date: "Date", indicator: "Indicator" };
  const narrow = matchMedia("(max-width: 40rem)");
  const stacked = matchMedia("(max-width: 56rem)");
  let facts = null;
  let shown = null;
  let leaving = 0;

  const fact = (key) => (facts ??= JSON.parse(document.getElementById("data").textContent))[key];
  const off = (mark) => document.body.classList.contains(`without-${mark.classList[0]}`);
  const markAt = (node) => {
    let mark = node instanceof Element ? node.closest("mark") : null;
    while (mark && off(mark)) mark = mark.parentElement.closest("mark");
    return mark;
  };
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  function describe(key) {
    const [kind, heading, , , fields] = fact(key);
    const title = element("h3", "", { class: kind });
    title.append(element("span", kinds[kind], { class: "kind", lang: "en" }), heading);
    const list = document.createElement("dl");
    for (const [label, value] of fields) list.append(element("dt", label, { lang: "en" }), element("dd", value));
    return [title, list];
  }

  // A date inside an organisation's name belongs to both: the card tells the inner fact, then the outer ones.
  function around(mark) {
    const found = [];
    for (let at = mark; at; at = at.parentElement.closest("mark")) if (!off(at)) found.push(at);
    return found;
  }

  function show(mark) {
    clearTimeout(leaving);
    if (mark === shown) return;
    hide();
    shown = mark;
    card.replaceChildren(...around(mark).flatMap((at) => describe(at.dataset.fact)));
    card.hidden = false;
    mark.setAttribute("aria-describedby", "card");
    for (const same of document.querySelectorAll(`mark[data-fact="${mark.dataset.fact}"]`)) same.classList.add("same");
    const item = panel?.querySelector(`li[data-fact="${mark.dataset.fact}"]`);
    item?.classList.add("current");
    if (item && !stacked.matches) scrollPanelTo(item);
    place(mark);
  }

  function scrollPanelTo(item) {
    const frame = panel.getBoundingClientRect();
    const box = item.getBoundingClientRect();
    if (box.top < frame.top + 48) panel.scrollBy({ top: box.top - frame.top - 64, behavior: "instant" });
    else if (box.bottom > frame.bottom) panel.scrollBy({ top: box.bottom - frame.bottom + 16, behavior: "instant" });
  }

  function place(mark) {
    if (narrow.matches) return;
    const box = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const below = box.bottom + 10;
    const top = below + height < innerHeight ? below : Math.max(8, box.top - height - 10);
    card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    card.style.top = `${top}px`;
  }

  function hide() {
    clearTimeout(leaving);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    for (const same of document.querySelectorAll("mark.same")) same.classList.remove("same");
    panel?.querySelector("li.current")?.classList.remove("current");
    card.hidden = true;
    shown = null;
  }

  const hideSoon = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => (markAt(document.activeElement) ? show(markAt(document.activeElement)) : hide()), 150);
  };

  article.addEventListener("pointerover", (event) => {
    const mark = markAt(event.target);
    if (mark && event.pointerType !== "touch") show(mark);
  });
  article.addEventListener("pointerout", hideSoon);
  article.addEventListener("click", (event) => (markAt(event.target) ? show(markAt(event.target)) : hide()));
  article.addEventListener("focusin", (event) => {
    if (markAt(event.target)) show(markAt(event.target));
  });
  article.addEventListener("focusout", hideSoon);
  card.addEventListener("pointerenter", () => clearTimeout(leaving));
  card.addEventListener("pointerleave", hideSoon);
  addEventListener("scroll", () => shown && place(shown), { passive: true });
  addEventListener("resize", () => shown && place(shown));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  document.addEventListener("click", (event) => {
    const more = event.target.closest("button.more");
    if (more) return listMore(more);
    const link = event.target.closest("a[href^='#']");
    const place = link && document.getElementById(link.hash.slice(1));
    const folded = place?.closest("details");
    if (folded) folded.open = true;
    if (place?.tagName !== "MARK") return;
    event.preventDefault();
    jump(place);
  });

  // Paragraphs out of sight have only a guessed height; once drawn, they may have moved the mark: look again.
  function jump(mark, tries = 6) {
    mark.scrollIntoView({ block: "center", behavior: "instant" });
    const before = mark.getBoundingClientRect().top;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (tries && mark.getBoundingClientRect().top !== before) jump(mark, tries - 1);
      else mark.focus({ preventScroll: true });
    }));
  }

  function item(key) {
    const [, heading, line, count] = fact(key);
    const made = element("li", "", { "data-fact": key });
    made.append(element("a", heading, { href: `#${key}-1` }), element("small", count > 1 ? `${line} (${count} times)` : line));
    return made;
  }

  function listMore(button) {
    const list = button.previousElementSibling;
    const listed = list.children.length;
    const kind = button.parentElement.dataset.kind;
    fact("");
    const hidden = Object.keys(facts).filter((key) => facts[key][0] === kind).slice(listed);
    list.append(...hidden.slice(0, 500).map(item));
    list.children[listed].querySelector("a").focus();
    button.querySelector("span").textContent = hidden.length - 500;
    button.hidden = hidden.length <= 500;
  }

  document.querySelector(".legend").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") === "false";
    const kind = button.dataset.kind;
    button.setAttribute("aria-pressed", String(on));
    hide();
    document.body.classList.toggle(`without-${kind}`, !on);
    for (const mark of article.querySelectorAll(`mark.${kind}[id]`)) mark.tabIndex = on ? 0 : -1;
  });
})();
