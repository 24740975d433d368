// The page speaks Vietnamese and English; what the article says stays as it is.
{
  const { element } = page;
  const NAMES = { vi: "Tiếng Việt", en: "English" };

  page.speak = (language) => {
    page.language = language;
    for (const one of document.querySelectorAll("[data-w]")) {
      one.textContent = page.say(one.dataset.w, ...JSON.parse(one.dataset.values ?? "[]"));
      one.lang = language;
    }
    for (const one of document.querySelectorAll("[data-w-label]")) one.setAttribute("aria-label", page.say(one.dataset.wLabel));
    for (const button of document.querySelectorAll(".languages button")) {
      button.setAttribute("aria-pressed", String(button.lang === language));
    }
    page.emit("language");
  };

  const group = element("div", { class: "languages", role: "group", "data-w-label": "language", "aria-label": page.say("language") });
  for (const [language, name] of Object.entries(NAMES)) {
    const button = element("button", { type: "button", lang: language, "aria-pressed": String(language === page.language) }, name);
    button.addEventListener("click", () => page.speak(language));
    group.append(button);
  }
  page.tools.append(group);
}
