"use strict";

// On disk nothing serves a folder's index.html, so links to folders must name it.
if (location.protocol === "file:") {
  const named = (address) => {
    const url = new URL(address, location.href);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url.href;
  };
  for (const kind of ["pointerdown", "click", "auxclick"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest("a[href]");
      if (link) link.href = named(link.href);
    }, true);
  }
  for (const form of document.forms) form.action = named(form.action);
  const refresh = document.querySelector('meta[http-equiv="refresh"]');
  if (refresh) location.replace(named(refresh.content.replace(/^.*?url=/, "")));
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(source);
    try {
      await navigator.clipboard.writeText(source.textContent.trimEnd());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = label; }, 3000);
  });
}
