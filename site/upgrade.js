"use strict";

// The page lists every release; this shows what lies between two of them. What a release contains is decided by
// ancestry (`data-after`), not by number: a fix may be in 1.9.7 and missing in 2.3.0.
const picker = document.getElementById("g-picker");
const from = picker.elements.from;
const to = picker.elements.to;
const answer = document.getElementById("results");
const actions = document.getElementById("g-actions");
const lacks = document.getElementById("g-lacks");
const advice = document.getElementById("g-how");

const releases = [...document.querySelectorAll("[data-version]")].map((node) => ({
  node,
  version: node.dataset.version,
  after: node.dataset.after.split(" ").filter(Boolean),
  entries: [...node.querySelectorAll("[data-entry]")],
}));
const byVersion = new Map(releases.map((release) => [release.version, release]));
if (releases.every((release) => !release.after.length)) {
  releases.forEach((release, index) => { if (index) release.after = [releases[index - 1].version]; });
}

const historyOf = (version) => {
  const seen = new Set();
  const waiting = [version];
  while (waiting.length) {
    const release = byVersion.get(waiting.pop());
    if (!release || seen.has(release)) continue;
    seen.add(release);
    waiting.push(...release.after);
  }
  return seen;
};

// The id of a change on every line it is on, or else all of its words.
const originOf = (entry) => entry.dataset.origin ?? entry.querySelector("[data-text]").textContent;

const originsIn = (history) => new Set([...history].flatMap((release) => release.entries.map(originOf)));

const element = (name, className, ...children) => {
  const node = document.createElement(name);
  node.className = className;
  node.append(...children);
  return node;
};

const copyOf = (entry, selector) => [...entry.querySelector(selector).childNodes].map((node) => node.cloneNode(true));

const counted = (number, one, many) => (number === 1 ? `1 ${one}` : `${number} ${many}`);

const titleOf = (group) => group.querySelector("summary");
const titles = new Map([...document.querySelectorAll("details")].map((group) => [group, titleOf(group).textContent]));

const showAll = () => {
  for (const release of releases) {
    release.node.hidden = false;
    for (const entry of release.entries) entry.hidden = false;
    for (const group of release.node.querySelectorAll("details")) {
      group.hidden = false;
      titleOf(group).textContent = titles.get(group);
    }
  }
  actions.hidden = true;
  lacks.hidden = true;
  advice.hidden = false;
  answer.replaceChildren();
};

const show = () => {
  showAll();
  if (!from.value || !to.value) return;
  const had = historyOf(from.value);
  const gets = historyOf(to.value);
  const way = releases.filter((release) => gets.has(release) && !had.has(release));
  const lost = releases.filter((release) => had.has(release) && !gets.has(release));
  const hadOrigins = originsIn(had);
  const getsOrigins = originsIn(gets);

  for (const release of releases) {
    release.node.hidden = !way.includes(release);
    for (const entry of release.entries) entry.hidden = hadOrigins.has(originOf(entry));
    for (const group of release.node.querySelectorAll("details")) {
      const entries = [...group.querySelectorAll("[data-entry]")];
      const left = entries.filter((entry) => !entry.hidden);
      group.hidden = !left.length;
      if (left.length < entries.length) titleOf(group).textContent = `${left.length} of ${titles.get(group)}`;
    }
  }

  const steps = way.flatMap((release) => release.entries
    .filter((entry) => !entry.hidden && "action" in entry.dataset)
    .map((entry) => element("li", "",
      element("p", "label", `${release.version} · ${entry.querySelector(".mark").textContent}`),
      element("p", "step-text", ...copyOf(entry, "[data-action-text]")),
      element("p", "step-detail", ...copyOf(entry, "[data-text]")))));
  actions.querySelector("ol").replaceChildren(...steps);
  actions.hidden = !steps.length;

  const missing = new Map();
  for (const release of lost) {
    for (const entry of release.entries) {
      const { kind } = entry.dataset;
      const origin = originOf(entry);
      if ((kind === "fix" || kind === "security") && !getsOrigins.has(origin)) missing.set(origin, entry);
    }
  }
  lacks.querySelector("ul").replaceChildren(...[...missing.values()].map((entry) => {
    const copy = entry.cloneNode(true);
    copy.hidden = false;
    return copy;
  }));
  lacks.querySelector("[data-from]").textContent = from.value;
  lacks.querySelector("[data-to]").textContent = to.value;
  lacks.hidden = !missing.size;

  const stops = way.filter((release) => "stop" in release.node.dataset && release.version !== to.value);
  const lines = [];
  if (from.value === to.value) {
    lines.push(element("p", "advice-lead", `You run ${to.value} already.`));
  } else if (!way.length) {
    lines.push(element("p", "advice-lead", `From ${from.value} to ${to.value} is a step back. Nothing is added; ${counted(lost.length, "release is", "releases are")} undone.`));
    for (const release of lost) {
      const text = release.node.querySelector("[data-downgrade]");
      if (text) lines.push(element("p", "journey-back", element("span", "version", release.version), `: ${text.textContent}`));
    }
  } else {
    const facts = [counted(way.length, "release", "releases"), steps.length ? counted(steps.length, "thing to do", "things to do") : "nothing to do"];
    if (stops.length) facts.push(counted(stops.length, "required stop", "required stops"));
    if (missing.size) facts.push(`${counted(missing.size, "fix", "fixes")} that you would lose`);
    lines.push(element("p", "advice-lead", `From ${from.value} to ${to.value}: ${facts.join(", ")}.`));
    const path = [from.value, ...stops.map((release) => release.version), to.value];
    if (stops.length) lines.push(element("ol", "path", ...path.map((version) => element("li", "version", version))));
  }
  answer.replaceChildren(...lines);
  advice.hidden = true;
};

const optionsOf = (list, selected) => list.map((release) => {
  const status = release.node.querySelector("[data-status-text]");
  return new Option(status ? `${release.version} (${status.textContent})` : release.version, release.version, false, release.version === selected);
});
const newestFirst = [...releases].reverse();
from.replaceChildren(new Option("Choose…", ""), ...optionsOf(newestFirst, ""));
to.replaceChildren(...optionsOf(newestFirst.filter((release) => "usable" in release.node.dataset), picker.dataset.latest));

const remember = () => {
  const url = new URL(location.href);
  url.search = from.value ? new URLSearchParams({ from: from.value, to: to.value }) : "";
  try { history.replaceState(null, "", url); } catch { /* not allowed on disk */ }
};

const asked = new URL(location.href).searchParams;
const choose = (select, value) => { if ([...select.options].some((option) => option.value === value)) select.value = value; };
choose(from, asked.get("from"));
choose(to, asked.get("to"));
show();
document.documentElement.classList.remove("asked");

picker.addEventListener("change", () => { show(); remember(); });
picker.addEventListener("submit", (event) => { event.preventDefault(); show(); remember(); });
picker.addEventListener("reset", () => setTimeout(() => { show(); remember(); }));
