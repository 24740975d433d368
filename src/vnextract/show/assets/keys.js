// J and K step through the marks, Enter opens one, Escape closes; single letters can be switched off.
{
  const { element, told } = page;
  const SHORTCUTS = [["J, K", "shortcut_step"], ["Enter", "shortcut_open"], ["A, X", "shortcut_decide"], ["Esc", "shortcut_leave"]];
  const box = element("input", { type: "checkbox", id: "shortcuts", checked: "" });
  const help = element("details", { class: "help" }, told("summary", "shortcuts"));
  const listed = page.data().review ? SHORTCUTS : SHORTCUTS.filter(([, key]) => key !== "shortcut_decide");
  const rows = listed.flatMap(([keys, key]) => [element("dt", {}, element("kbd", {}, keys)), told("dd", key)]);
  help.append(element("div", {}, element("p", {}, box, " ", told("label", "shortcuts_on", { for: "shortcuts" })), element("dl", {}, ...rows)));
  page.tools.append(help);

  page.step = (by, wanted = () => true) => {
    const marks = [...document.querySelectorAll("mark[id]")].filter((mark) => mark.tabIndex === 0 && wanted(mark));
    if (!marks.length) return null;
    const at = page.shown() ?? page.markAt(document.activeElement);
    let next = by > 0 ? 0 : marks.length - 1;
    if (at) {
      const follows = (mark) => Boolean(at.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
      const found = by > 0 ? marks.findIndex(follows) : marks.findLastIndex((mark) => mark !== at && !follows(mark));
      if (found >= 0) next = found;
    }
    page.hide();
    page.jump(marks[next]);
    return marks[next];
  };

  const typing = (node) => node instanceof Element && node.closest("input:not([type=checkbox]), select, textarea");

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (help.open) {
        help.open = false;
        help.querySelector("summary").focus();
      }
      page.emit("escape");
      return page.hide();
    }
    if (event.key === "Enter" && document.activeElement?.tagName === "MARK") {
      event.preventDefault();
      return page.emit("open", page.markAt(document.activeElement));
    }
    if (!box.checked || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      event.preventDefault();
      page.emit("leave");
      page.step(key === "j" ? 1 : -1);
    } else page.emit("key", key, event);
  });

  page.on("open", (mark) => {
    if (mark && !document.body.classList.contains("reviewing")) page.openItem(mark.dataset.fact);
  });
}
