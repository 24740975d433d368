// Which marks are seen: by kind, and by how sure they are.
{
  const { element, told } = page;
  const legend = document.querySelector(".legend");
  const LEAST = [0, 50, 80, 90];

  for (const item of legend.querySelectorAll("li")) {
    const button = element("button", { type: "button", "aria-pressed": "true", "data-kind": item.dataset.kind });
    button.append(...item.childNodes);
    item.append(button);
  }

  page.tabStops = () => {
    for (const mark of document.querySelectorAll("mark[id]")) mark.tabIndex = page.isOff(mark) ? -1 : 0;
  };

  legend.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") === "false";
    button.setAttribute("aria-pressed", String(on));
    page.hide();
    document.body.classList.toggle(`without-${button.dataset.kind}`, !on);
    page.tabStops();
  });

  if (document.querySelector("mark[data-sure]")) {
    const choice = element("select", { id: "least" });
    for (const least of LEAST) {
      const option = least ? told("option", "at_least", {}, `${least}%`) : told("option", "everything");
      option.value = least;
      choice.append(option);
    }
    choice.addEventListener("change", () => {
      page.hide();
      page.least = Number(choice.value);
      page.sift();
    });
    page.tools.append(element("p", {}, told("label", "filter_confidence", { for: "least" }), " ", choice));
  }

  // What was never judged stays: nobody said that it is doubtful.
  page.least = 0;
  page.sift = () => {
    for (const one of document.querySelectorAll("mark[data-sure], li[data-sure]")) {
      one.classList.toggle("below", Number(one.dataset.sure) < page.least);
    }
    page.tabStops();
  };
}
