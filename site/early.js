"use strict";

// Runs before the page is drawn: what the address asks for replaces what is on the page, so that is held back
// until the page's own script has answered. Otherwise it would be seen to jump.
{
  const asked = new URLSearchParams(location.search);
  if (asked.get("q") || asked.get("from")) document.documentElement.classList.add("asked");
}
