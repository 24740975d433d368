// What the reader corrects: a part for each mention of an organisation, each person, date and figure; and the line of gold
// that they make, as `vnextract.gold` reads it.
{
  const LAYERS = { organisations: "organisation", officials: "official", dates: "date", indicators: "indicator" };
  page.layerOf = Object.fromEntries(Object.entries(LAYERS).map(([layer, kind]) => [kind, layer]));
  let parts = null;

  function begin() {
    const { gold, keys, periods } = page.data().review;
    parts = new Map();
    for (const [layer, kind] of Object.entries(LAYERS)) {
      gold[layer].forEach((line, place) => {
        const key = keys[layer][place];
        const { span, mentions, ...value } = structuredClone(line);
        if (layer === "indicators") value.period = periods[place];
        const fact = kind === "organisation" ? key.replace(/-\d+$/, "") : key;
        const number = kind === "organisation" ? Number(key.slice(fact.length + 1)) : 1;
        const sure = page.fact(fact)?.sure?.[number - 1] ?? null;
        parts.set(key, { key, kind, fact, number, spans: mentions ?? [span], value, sure, state: null });
        parts.get(key).found = structuredClone({ spans: mentions ?? [span], value });
      });
    }
  }

  page.parts = () => {
    if (!parts) begin();
    return parts;
  };
  page.partOf = (mark) => {
    const key = page.kindOf(mark) === "organisation" ? `${mark.dataset.fact}-${mark.dataset.n}` : mark.dataset.fact;
    return page.parts().get(key) ?? page.parts().get(mark.dataset.fact) ?? null;
  };
  page.mentionOf = (mark) => (page.kindOf(mark) === "organisation" ? 0 : Number(mark.dataset.n) - 1);

  page.drawn = () => {
    const marks = [];
    for (const item of page.parts().values()) {
      item.spans.forEach(([start, end], place) => {
        const number = item.kind === "organisation" ? item.number : place + 1;
        marks.push({ start, end, fact: item.fact, kind: item.kind, number, item });
      });
    }
    for (const [key, fact] of Object.entries(page.data().facts)) {
      for (const [start, end] of fact.posts ?? []) marks.push({ start, end, fact: key, post: true });
    }
    return marks;
  };

  // A missing fact, as the reader marks it, with the values that are likeliest.
  let added = 0;
  page.add = (kind, span) => {
    added += 1;
    const words = page.words(span);
    const values = {
      organisation: { name: words, kind: "other" },
      official: { name: words, positions: [] },
      date: { kind: "date", first_day: null, last_day: null, duration: null },
      indicator: {
        value: number(words), upper: null, total: null, unit: null, qualifier: "exact", direction: null,
        measure: null, period: null, owner: null, said_by: null,
      },
    };
    const key = `new-${added}`;
    const item = { key, kind, fact: key, number: 1, spans: [span], value: values[kind], sure: null, state: "added" };
    page.parts().set(key, item);
    return item;
  };

  // A number as newspapers print it: dots between thousands, a decimal comma.
  const SCALES = [[/nghìn tỷ|nghìn tỉ|ngàn tỷ|ngàn tỉ/, 1e12], [/tỷ|tỉ/, 1e9], [/triệu/, 1e6], [/nghìn|ngàn/, 1e3]];
  function number(words) {
    const printed = words.match(/\d+(?:[.,]\d+)*/)?.[0];
    if (!printed) return null;
    const plain = /^\d{1,3}(\.\d{3})+(,\d+)?$/.test(printed) ? printed.replaceAll(".", "") : printed;
    const scale = SCALES.find(([pattern]) => pattern.test(words.toLowerCase()))?.[1] ?? 1;
    return Number((Number(plain.replace(",", ".")) * scale).toPrecision(15));
  }

  // A body or person of another name or kind is so wherever it is named.
  page.rename = (item, name) => {
    const old = item.value.name;
    for (const one of page.parts().values()) {
      if (one.fact === item.fact) one.value.name = name;
      if (one.value.owner === old) one.value.owner = name;
      if (one.value.said_by === old) one.value.said_by = name;
      for (const post of one.value.positions ?? []) if (post.organisation === old) post.organisation = name;
    }
  };

  page.recast = (item, kind) => {
    for (const one of page.parts().values()) if (one.fact === item.fact) one.value.kind = kind;
  };

  page.names = (...kinds) => [
    ...new Set([...page.parts().values()].filter((item) => kinds.includes(item.kind) && item.state !== "rejected").map((item) => item.value.name)),
  ];

  // The line; what was not checked stands in it as it was found, or counts neither way.
  page.line = (ignoreUnchecked) => {
    const { gold } = page.data().review;
    const line = { ...gold, organisations: [], officials: [], dates: [], indicators: [], ignore: [...gold.ignore] };
    for (const item of page.parts().values()) {
      if (item.state === "rejected") continue;
      if (!item.state && ignoreUnchecked) {
        line.ignore.push(...item.spans);
        continue;
      }
      const value = structuredClone(item.value);
      if (item.kind === "indicator") {
        const period = page.parts().get(value.period);
        value.period = period && period.state !== "rejected" ? period.spans[0] : null;
      }
      // A mention that was added under a person's name is one more mention of that person.
      const known = item.kind === "official" && line.officials.find((person) => person.name === value.name);
      if (known) {
        known.mentions = [...known.mentions, ...item.spans].sort((one, other) => one[0] - other[0]);
        known.positions.push(...value.positions);
        continue;
      }
      const place = item.kind === "official" ? { name: value.name, mentions: item.spans } : { span: item.spans[0] };
      line[page.layerOf[item.kind]].push({ ...place, ...value });
    }
    for (const layer of ["organisations", "dates", "indicators"]) line[layer].sort((one, other) => one.span[0] - other.span[0]);
    line.ignore.sort((one, other) => one[0] - other[0]);
    return line;
  };
}
