"use strict";

// Each checkbox `name=value` asks for rows whose `data-name` holds the word `value`.
// Words of one name widen the choice, different names narrow it.
for (const form of document.querySelectorAll("form[data-filter]")) {
  const scope = form.closest(".body") ?? document.getElementById("main");
  const rows = [...scope.querySelectorAll(form.dataset.filter === "releases" ? "[data-row]" : "[data-kind]")];
  const groups = [...scope.querySelectorAll("[data-group]")];
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const output = form.querySelector("output");
  const everything = output.textContent;

  const apply = () => {
    const wanted = new Map();
    for (const box of boxes) {
      if (box.checked) wanted.set(box.name, [...(wanted.get(box.name) ?? []), box.value]);
    }
    const shown = rows.filter((row) => {
      row.hidden = ![...wanted].every(([name, values]) => {
        const words = (row.dataset[name] ?? "").split(" ");
        return values.some((value) => words.includes(value));
      });
      return !row.hidden;
    });
    for (const group of groups) group.hidden = !shown.some((row) => group.contains(row));
    output.textContent = wanted.size ? `${shown.length} of ${everything}` : everything;
  };

  const remember = () => {
    const url = new URL(location.href);
    for (const box of boxes) url.searchParams.delete(box.name);
    for (const box of boxes) if (box.checked) url.searchParams.append(box.name, box.value);
    try { history.replaceState(null, "", url); } catch { /* not allowed on disk */ }
  };

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !rows.some((row) => row.hidden && (row === target || target.contains(row)))) return;
    for (const box of boxes) box.checked = false;
    apply();
    target.scrollIntoView();
  };

  const asked = new URL(location.href).searchParams;
  for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
  apply();

  form.addEventListener("change", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
}
