// Search without accents in what the report knows: every word typed must begin a word of the entry.
{
  const { element, told } = page;
  const MOST = 50;
  const plain = (words) => words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").trim();
  const box = element("input", { type: "search", id: "wanted", autocomplete: "off" });
  const list = element("ul", { class: "hits" });
  const count = element("p", { role: "status", class: "note" });
  document.getElementById("search").append(
    element("p", { class: "field" }, told("label", "site.search", { for: "wanted" }), box), count, list,
  );

  function search() {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    const fits = (entry) => words.every((word) => ` ${entry[4]}`.includes(` ${word}`));
    const found = words.length ? page.data().index.filter(fits) : [];
    list.replaceChildren(
      ...found.slice(0, MOST).map(([kind, name, about, address]) =>
        element("li", { class: kind }, element("a", { href: address, lang: "vi" }, name), " ",
          element("small", {}, told("span", kind === "article" ? "site.article" : kind), about ? ` · ${about}` : ""))),
    );
    count.replaceChildren(...(words.length ? [told("span", "site.found", {}, found.length)] : []));
  }
  box.addEventListener("input", search);
}
