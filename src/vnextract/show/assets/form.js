// The form in which one fact is corrected. Whatever is changed in it holds at once.
{
  const { element, told, button } = page;
  let fields = 0;

  function labelled(label, control) {
    fields += 1;
    control.id = `field-${fields}`;
    return element("p", { class: "field" }, told("label", label, { for: control.id }), control);
  }

  function line(item, label, name, read = (text) => text.trim() || null, wrong = "", options = null) {
    const control = element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
    control.value = item.value[name] ?? "";
    control.addEventListener("change", () => {
      const value = read(control.value);
      control.setCustomValidity(value === undefined ? page.say(wrong) : "");
      control.reportValidity();
      if (value === undefined) return;
      if (name === "name") page.rename(item, value);
      else item.value[name] = value;
      page.emit("changed", item);
    });
    const made = labelled(label, control);
    if (options) {
      const list = element("datalist", { id: `options-${fields}` }, ...options.map((value) => element("option", { value })));
      control.setAttribute("list", list.id);
      made.append(list);
    }
    return made;
  }

  function choice(item, label, name, options, none = false) {
    const control = element("select");
    if (none) control.append(told("option", "none", { value: "" }));
    for (const [value, key] of options) {
      const option = key ? told("option", key) : element("option", {}, value);
      option.value = value;
      control.append(option);
    }
    control.value = item.value[name] ?? "";
    control.addEventListener("change", () => {
      if (name === "kind") page.recast(item, control.value);
      else item.value[name] = control.value || null;
      page.emit("changed", item);
    });
    return labelled(label, control);
  }

  const chosen = (name, prefix = name) => page.data().review.choices[name].map((value) => [value, `${prefix}.${value}`]);
  const optional = (pattern) => (text) => (text.trim() ? (pattern.test(text.trim()) ? text.trim() : undefined) : null);
  const day = optional(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
  const length = optional(/^P(?=[\dT])(\d+(\.\d+)?[YMWD])*(T(\d+(\.\d+)?[HMS])+)?$/);
  const named = (text) => text.trim().replace(/\s+/g, " ") || undefined;
  function numeric(required) {
    return (text) => {
      const plain = text.replace(/\s/g, "").replace("\u2212", "-").replace(/^([^.]*),([^.]*)$/, "$1.$2");
      if (!plain) return required ? undefined : null;
      return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
    };
  }

  // Both ends of the mention, moved word by word, or the words that are selected.
  function bounds(item, place) {
    const shown = element("q", { class: "words", lang: "vi", tabindex: "-1" });
    const tell = () => (shown.textContent = page.words(item.spans[place]));
    const set = ([start, end]) => {
      if (start >= end || end > page.points().length) return;
      const old = item.spans[place];
      item.spans[place] = [start, end];
      tell();
      page.emit("changed", item, [old, [start, end]]);
    };
    const moves = [
      ["start_left", "⇤", ([start, end]) => [page.previousBorder(start), end]],
      ["start_right", "↦", ([start, end]) => [page.skipBlanks(page.nextBorder(start)), end]],
      ["end_left", "↤", ([start, end]) => [start, page.skipBlanksBack(page.previousBorder(end))]],
      ["end_right", "⇥", ([start, end]) => [start, page.nextBorder(end)]],
    ];
    const buttons = moves.map(([key, sign, move]) => {
      const made = element("button", { type: "button", "data-w-label": key, "aria-label": page.say(key), title: page.say(key) }, sign);
      made.addEventListener("click", () => set(move(item.spans[place])));
      return made;
    });
    const take = button("take_selection", () => {
      const span = page.lastSelected();
      if (span) set(span);
    });
    tell();
    return element("div", { class: "bounds" }, told("span", "words", { class: "label" }), shown, element("div", { class: "nudge" }, ...buttons, take));
  }

  function posts(item) {
    const list = element("div", { class: "posts" });
    const draw = () => {
      const rows = item.value.positions.map((post) => {
        const held = { ...item, value: post };
        const drop = button("drop_post", () => {
          item.value.positions.splice(item.value.positions.indexOf(post), 1);
          page.emit("changed", item);
          draw();
        });
        const row = element(
          "fieldset", {}, told("legend", "post"),
          line(held, "title", "title", named, "bad_name"),
          line(held, "body", "organisation", undefined, "", page.names("organisation")),
          choice(held, "status", "status", chosen("status")), drop,
        );
        row.addEventListener("change", () => page.emit("changed", item));
        return row;
      });
      const more = button("add_post", () => {
        item.value.positions.push({ title: item.value.name, organisation: null, status: "current" });
        page.emit("changed", item);
        draw();
      });
      list.replaceChildren(...rows, more);
    };
    draw();
    return list;
  }

  const periods = () => [...page.parts().values()].filter((one) => one.kind === "date" && one.state !== "rejected").map((one) => [one.key, null, one]);

  function period(item) {
    const made = choice(item, "period", "period", periods(), true);
    const dates = periods();
    const control = made.querySelector("select");
    [...control.options].slice(1).forEach((option, place) => (option.textContent = page.words(dates[place][2].spans[0])));
    return made;
  }

  const FIELDS = {
    organisation: (item) => [line(item, "name", "name", named, "bad_name", page.names("organisation")), choice(item, "kind", "kind", chosen("kind"))],
    official: (item) => [line(item, "name", "name", named, "bad_name", page.names("official")), posts(item)],
    date: (item) => [
      choice(item, "kind", "kind", chosen("date")),
      line(item, "first_day", "first_day", day, "bad_day"),
      line(item, "last_day", "last_day", day, "bad_day"),
      line(item, "duration", "duration", length, "bad_length"),
    ],
    indicator: (item) => [
      line(item, "number", "value", numeric(true), "bad_number"),
      line(item, "unit", "unit"),
      line(item, "measure", "measure"),
      period(item),
      line(item, "owner", "owner", undefined, "", page.names("organisation")),
      line(item, "said_by", "said_by", undefined, "", page.names("official", "organisation")),
      choice(item, "qualifier", "qualifier", chosen("qualifier")),
      choice(item, "direction", "direction", chosen("direction"), true),
      line(item, "upper", "upper", numeric(false), "bad_number"),
      line(item, "total", "total", numeric(false), "bad_number"),
    ],
  };

  page.form = (item, place) => element("div", { class: "fields" }, bounds(item, place), ...FIELDS[item.kind](item));
}
