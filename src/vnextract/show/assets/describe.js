// What is told of a fact, as `markup.described` writes it.
{
  const { element, told } = page;
  const paleness = (sure) => (sure === null || sure >= 0.8 ? "" : sure < 0.5 ? " unsure" : " fairly");
  page.percent = (sure) => element("span", { class: `sure${paleness(sure)}` }, `${Math.round(100 * sure)}%`);

  function rows(fields, linked) {
    return fields.flatMap(([label, value, sure, to]) => {
      const words = to && linked ? element("a", { href: `#${to}-1` }, value) : value;
      const said = element("dd", {}, words);
      if (sure !== null) said.append(" ", page.percent(sure));
      return [element("dt", { lang: page.language }, label), said];
    });
  }

  page.described = (key) => {
    const fact = page.fact(key);
    const [line, fields] = fact[page.language];
    const made = document.createDocumentFragment();
    if (line) made.append(element("p", { class: "line" }, line));
    const main = fields.filter((field) => !field[4]);
    if (main.length) made.append(element("dl", {}, ...rows(main, true)));
    const rules = fact.rules.flatMap((rule) => [told("dt", "rule"), element("dd", {}, rule)]);
    const minor = fields.filter((field) => field[4]);
    made.append(element("details", {}, told("summary", "more"), element("dl", {}, ...rows(minor, true), ...rules)));
    return made;
  };

  // What the card says at once, from which nothing can be reached.
  page.summed = (key, sure) => {
    const fact = page.fact(key);
    const [line, fields] = fact[page.language];
    const title = element("h3", { class: fact.kind }, told("span", fact.kind, { class: "kind" }), fact.heading);
    if (typeof sure === "number") title.append(" ", page.percent(sure));
    const made = [title];
    if (line) made.push(element("p", { class: "line" }, line));
    made.push(element("dl", {}, ...rows(fields, false)));
    return made;
  };
}
