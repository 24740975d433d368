// Review: each fact is accepted, corrected or rejected, what is missing is marked, and the result is saved as a file of gold.
if (page.data().review) {
  const { element, told, button, article, tools } = page;
  const body = document.body;
  const KINDS = ["organisation", "official", "date", "indicator"];
  let open = null;
  let kept = null;
  let unsaved = false;

  const count = element("p", { class: "progress", role: "status" });
  const ignore = element("input", { type: "checkbox", id: "unchecked", checked: "" });
  const bar = element(
    "div", { id: "reviewing", hidden: "" },
    told("p", "review_help", { class: "help-line" }), count,
    button("accept_rest", acceptRest), button("save", save, { class: "main" }),
    element("p", {}, ignore, " ", told("label", "unchecked_ignored", { for: "unchecked" })),
  );
  // Who has no mouse types the words that are missing; Enter finds where they stand next.
  const missing = element("input", { type: "text", id: "missing", autocomplete: "off", spellcheck: "false" });
  missing.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const span = page.find(missing.value.trim(), kept ? kept[0] + 1 : 0);
    missing.setCustomValidity(span ? "" : page.say("not_there"));
    missing.reportValidity();
    if (!span) return;
    leave();
    page.select(span);
    kept = span;
    requestAnimationFrame(() => requestAnimationFrame(() => adder.querySelector("button").focus()));
  });
  missing.addEventListener("input", () => missing.setCustomValidity(""));
  bar.append(element("p", {}, told("label", "missing", { for: "missing" }), " ", missing));
  const sheet = element("section", { id: "sheet", hidden: "", "data-w-label": "review", "aria-label": page.say("review") });
  const adder = element("div", { id: "adder", hidden: "", role: "group", "data-w-label": "mark_as", "aria-label": page.say("mark_as") });
  adder.append(told("span", "mark_as"), ...KINDS.map((kind) => button(kind, () => add(kind), { class: kind })));
  const toggle = button("review", () => {
    const on = body.classList.toggle("reviewing");
    toggle.setAttribute("aria-pressed", String(on));
    bar.hidden = !on;
    if (!on) leave();
    tell();
  }, { "aria-pressed": "false", class: "toggle" });
  tools.append(toggle);
  document.querySelector("header").append(bar);
  body.append(sheet, adder);

  const reviewing = () => body.classList.contains("reviewing");
  const marksOf = (item) =>
    page.marks(item.fact).filter((mark) => item.kind !== "organisation" || !item.found || Number(mark.dataset.n) === item.number);

  function tell() {
    if (!reviewing()) return;
    const all = [...page.parts().values()];
    const done = all.filter((item) => item.state).length;
    count.replaceChildren(told("span", "checked", {}, done, all.length));
  }

  function paint(item) {
    for (const mark of marksOf(item)) {
      mark.classList.remove("accepted", "corrected", "rejected", "added");
      if (item.state) mark.classList.add(item.state);
    }
    if (open?.item === item) open.state.replaceChildren(told("span", item.state ?? "unchecked"));
  }

  function decide(item, state) {
    item.state = state;
    unsaved = true;
    paint(item);
    tell();
  }

  page.on("changed", (item, spans) => {
    unsaved = true;
    if (item.state !== "added") item.state = "corrected";
    if (spans) page.redraw(spans);
    for (const one of page.parts().values()) if (one.fact === item.fact) paint(one);
    tell();
  });

  function leave() {
    open = null;
    sheet.hidden = true;
    body.classList.remove("editing");
  }

  function edit(mark) {
    const item = page.partOf(mark);
    if (!item) return;
    const place = page.mentionOf(mark);
    body.classList.add("editing");
    const state = element("span", { class: "state" });
    const again = item.found ? button("restore", restore) : button("delete", remove);
    open = { item, place, state };
    sheet.replaceChildren(
      element("h2", { class: item.kind }, told("span", item.kind), " ", state),
      element("div", { class: "decide" },
        button("accept", accept, { class: "main" }), button("reject", reject), again, button("next", next), button("close", close)),
      page.form(item, place),
    );
    sheet.hidden = false;
    if (matchMedia("(max-width: 40rem)").matches) mark.scrollIntoView({ block: "start", behavior: "instant" });
    page.hide();
    page.show(mark);
    paint(item);
  }

  function markOf({ item, place }) {
    const number = item.kind === "organisation" ? item.number : place + 1;
    return document.getElementById(`${item.fact}-${number}`);
  }

  const unchecked = (mark) => page.partOf(mark)?.state === null;

  function next() {
    const mark = open && markOf(open);
    const inside = sheet.contains(document.activeElement);
    leave();
    if (mark) page.show(mark);
    const following = page.step(1, unchecked);
    if (!following) return page.hide();
    edit(following);
    if (inside) requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => sheet.querySelector("button").focus())));
  }

  function close() {
    const mark = open && markOf(open);
    leave();
    mark?.focus();
  }

  function accept() {
    if (open.item.state !== "added") decide(open.item, open.item.state === "corrected" ? "corrected" : "accepted");
    next();
  }

  function reject() {
    if (!open.item.found) return remove();
    decide(open.item, "rejected");
    next();
  }

  function restore() {
    const { item } = open;
    const spans = [...item.spans, ...item.found.spans];
    const name = item.found.value.name;
    if (name && name !== item.value.name) page.rename(item, name);
    Object.assign(item, structuredClone(item.found));
    item.state = null;
    page.redraw(spans);
    edit(markOf(open));
    tell();
  }

  function remove() {
    const { item } = open;
    page.parts().delete(item.key);
    leave();
    page.hide();
    page.redraw(item.spans);
    unsaved = true;
    tell();
  }

  function acceptRest() {
    for (const item of page.parts().values()) if (!item.state) decide(item, "accepted");
  }

  function add(kind) {
    const span = page.lastSelected();
    adder.hidden = true;
    if (!span) return;
    const item = page.add(kind, span);
    page.redraw(item.spans);
    getSelection().removeAllRanges();
    unsaved = true;
    tell();
    edit(document.getElementById(`${item.fact}-1`));
    sheet.querySelector("input, select").focus();
  }

  // What was last selected stays known while a button is pressed.
  page.lastSelected = () => kept;
  document.addEventListener("selectionchange", () => {
    if (!reviewing()) return;
    const span = page.selected();
    if (span) kept = span;
    adder.hidden = !span || !sheet.hidden;
    if (adder.hidden) return;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    adder.style.top = `${Math.min(innerHeight - adder.offsetHeight - 8, box.bottom + 8)}px`;
    adder.style.left = `${Math.max(8, Math.min(box.left, innerWidth - adder.offsetWidth - 8))}px`;
  });

  function save() {
    const line = page.line(ignore.checked);
    const name = (line.id ?? "article").replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "").slice(0, 80) || "article";
    const blob = new Blob([`${JSON.stringify(line)}\n`], { type: "application/x-ndjson" });
    const link = element("a", { href: URL.createObjectURL(blob), download: `${name}.gold.jsonl` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    unsaved = false;
  }

  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  page.on("pick", (mark) => reviewing() && getSelection().isCollapsed && edit(mark));
  page.on("open", (mark) => {
    if (!mark || !reviewing()) return;
    edit(mark);
    sheet.querySelector("button").focus();
  });
  page.on("escape", () => {
    adder.hidden = true;
    if (open) close();
  });
  page.on("leave", leave);
  page.on("key", (key, event) => {
    if (!reviewing() || !"ax".includes(key)) return;
    const mark = open ? null : (page.shown() ?? page.markAt(document.activeElement));
    if (mark) edit(mark);
    if (!open) return;
    event.preventDefault();
    if (key === "a") accept();
    else reject();
  });
}
