"use strict";

// The index is a set of scripts that call gazette(…), because a page opened from disk may load scripts and nothing else.
const form = document.querySelector("form[data-index]");
const field = form.querySelector("input");
const count = document.getElementById("count");
const list = document.getElementById("results");
const more = document.getElementById("g-more");
const browse = document.getElementById("g-browse");

const pageSize = 20;
const chunkSize = 200;
const weights = [16, 4, 1];

const parts = new Map();
globalThis.gazette = (part) => {
  if ("terms" in part) parts.set(`terms ${part.terms}`, part.postings);
  else if ("rows" in part) parts.set(`documents ${part.documents}`, part.rows);
  else parts.set("index", new Set(part.keys));
};

const loads = new Map();
const part = async (name, file) => {
  if (!loads.has(name)) {
    loads.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = form.dataset.index + file;
      script.onload = resolve;
      script.onerror = () => { loads.delete(name); reject(new Error(file)); };
      document.head.append(script);
    }));
  }
  await loads.get(name);
  return parts.get(name);
};

const terms = (text) => {
  const folded = text.toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "");
  const runs = folded.match(/[\p{L}\p{N}]+(?:[._/-][\p{L}\p{N}]+)*/gu) ?? [];
  return [...new Set(runs.map((run) => [...run.replace(/^v(?=[0-9])/, "")].slice(0, 64).join("")))];
};

const keyOf = (term) => [...term].slice(0, 2).join("");

const fileOf = (key) => {
  let name = "";
  for (const byte of new TextEncoder().encode(key)) {
    const character = String.fromCharCode(byte);
    name += /[a-z0-9]/.test(character) ? character : `~${byte.toString(16).padStart(2, "0")}`;
  }
  return `terms-${name}.js`;
};

const scoresOf = async (term, keys) => {
  const scores = new Map();
  const key = keyOf(term);
  if (!keys.has(key)) return scores;
  const whole = [...term].length === 1;
  for (const [candidate, lists] of Object.entries(await part(`terms ${key}`, fileOf(key)))) {
    if (whole ? candidate !== term : !candidate.startsWith(term)) continue;
    lists.split("|").forEach((differences, field) => {
      const score = weights[field] * (candidate === term ? 2 : 1);
      let document = 0;
      for (const difference of differences ? differences.split(" ") : []) {
        document += parseInt(difference, 36);
        if ((scores.get(document) ?? 0) < score) scores.set(document, score);
      }
    });
  }
  return scores;
};

const matches = async (query) => {
  const keys = await part("index", "index.js");
  const all = await Promise.all(query.map((term) => scoresOf(term, keys)));
  const [first, ...others] = all.sort((a, b) => a.size - b.size);
  const found = [];
  for (const [document, score] of first) {
    if (!others.every((scores) => scores.has(document))) continue;
    found.push([document, others.reduce((sum, scores) => sum + scores.get(document), score)]);
  }
  return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([document]) => document);
};

const element = (name, className, text) => {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
};

const resultOf = ([path, title, product, version, date, machine, status, text]) => {
  const item = element("li", "result");
  const heading = element("p", "result-title");
  const link = element("a", "", version ? `${product} ` : title);
  link.href = form.dataset.root + path;
  if (version) link.append(element("span", "version", version));
  heading.append(link);
  if (version && title) heading.append(" ", element("span", "", title));
  item.append(heading);
  if (text) item.append(element("p", "result-text", text));
  const facts = element("p", "byline");
  if (status) facts.append(element("span", "badge", status));
  if (date) {
    const time = element("time", "", date);
    time.dateTime = machine;
    facts.append(time);
  }
  if (!version && product && product !== title) facts.append(element("span", "", product));
  if (facts.hasChildNodes()) item.append(facts);
  return item;
};

let run = 0;
let found = [];
let shown = 0;

const showMore = async (mine) => {
  const next = found.slice(shown, shown + pageSize);
  const chunks = [...new Set(next.map((document) => Math.floor(document / chunkSize)))];
  await Promise.all(chunks.map((n) => part(`documents ${n}`, `documents-${n}.js`)));
  if (mine !== run) return;
  const items = next.map((document) => resultOf(parts.get(`documents ${Math.floor(document / chunkSize)}`)[document % chunkSize]));
  if (shown === 0) list.replaceChildren(...items); else list.append(...items);
  shown += next.length;
  more.hidden = shown >= found.length;
  return items[0];
};

const search = async () => {
  const mine = ++run;
  const query = terms(field.value);
  const url = new URL(location.href);
  if (field.value) url.searchParams.set("q", field.value); else url.searchParams.delete("q");
  try { history.replaceState(null, "", url); } catch { /* not allowed on disk */ }
  browse.hidden = query.length > 0;
  if (!query.length) {
    count.textContent = "";
    list.replaceChildren();
    more.hidden = true;
    return;
  }
  try {
    const answer = await matches(query);
    if (mine !== run) return;
    found = answer;
    shown = 0;
    await showMore(mine);
    if (mine !== run) return;
    browse.hidden = found.length > 0;
    count.textContent = found.length === 0 ? `No page has all of: ${field.value.trim()}`
      : found.length === 1 ? "1 result" : `${found.length.toLocaleString(document.documentElement.lang)} results`;
  } catch {
    if (mine !== run) return;
    list.replaceChildren();
    more.hidden = true;
    browse.hidden = false;
    count.textContent = "The search index could not be read.";
  }
};

let timer;
field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 150); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); search(); });
more.addEventListener("click", async () => (await showMore(run))?.querySelector("a").focus());

field.value = new URL(location.href).searchParams.get("q") ?? "";
search().finally(() => document.documentElement.classList.remove("asked"));
