"use strict";
// What the modules share. Each is a block of its own that takes from `page` what it needs and leaves there what others may.
const page = { listeners: {} };
document.documentElement.classList.add("js");
{
  let data = null;
  page.data = () => (data ??= JSON.parse(document.getElementById("data").textContent));
  page.language = document.getElementById("data") ? page.data().language : "en";

  // Words of ours in the language of now; an unknown key says itself.
  page.say = (key, ...values) => {
    let said = page.data().words[page.language][key] ?? key.split(".").pop().replaceAll("_", " ");
    for (const value of values) said = said.replace("{}", () => value);
    return said;
  };

  // The fact of a key; facts that no reader can tell apart are described once.
  page.fact = (key) => {
    const found = page.data().facts[key];
    return found?.as ? { ...page.data().facts[found.as], sure: found.sure } : found;
  };

  page.element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  // An element with words of ours, which follow the language.
  page.told = (name, key, attributes = {}, ...values) => {
    const made = page.element(name, { ...attributes, "data-w": key, lang: page.language }, page.say(key, ...values));
    if (values.length) made.dataset.values = JSON.stringify(values.map(String));
    return made;
  };

  page.button = (key, act, attributes = {}) => {
    const made = page.told("button", key, { type: "button", ...attributes });
    made.addEventListener("click", act);
    return made;
  };

  page.on = (event, act) => (page.listeners[event] ??= []).push(act);
  page.emit = (event, ...values) => (page.listeners[event] ?? []).forEach((act) => act(...values));

  page.article = document.getElementById("article");
  page.panel = document.getElementById("facts");
  page.tools = page.element("div", { class: "tools" });
  document.querySelector("header").append(page.tools);

  page.marks = (key) => [...document.querySelectorAll(`mark[data-fact="${CSS.escape(key)}"]`)];
  page.kindOf = (mark) => mark.classList[0];
  page.isOff = (mark) => document.body.classList.contains(`without-${page.kindOf(mark)}`) || mark.classList.contains("below");
  page.markAt = (node) => {
    let mark = node instanceof Element ? node.closest("mark") : null;
    while (mark && page.isOff(mark)) mark = mark.parentElement.closest("mark");
    return mark;
  };
}
