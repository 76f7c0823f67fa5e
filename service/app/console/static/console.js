// Pages work without this file. It keeps ages ticking, and a page that says data-live current.
"use strict";

const PAUSE = 5000; // milliseconds between two looks
const UNITS = [[86400, "d"], [3600, "h"], [60, "min"]];

function span(seconds) {
  const [size, name] = UNITS.find(([size]) => seconds >= size) ?? [1, "s"];
  return `${Math.floor(Math.max(seconds, 0) / size)} ${name} ago`;
}

function tick() {
  for (const age of document.querySelectorAll("[data-since]")) {
    age.textContent = span((Date.now() - Date.parse(age.dataset.since)) / 1000);
  }
}

// Somebody who types, has selected text or opened something must not lose it.
function busy() {
  const at = document.activeElement;
  const typing = at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
  const typed = [...document.querySelectorAll("main input:not([type=hidden])")].some((field) => field.value);
  return typing || typed || !document.getSelection().isCollapsed || document.querySelector("main details[open]");
}

// Ages differ with every answer and say nothing new.
function essence(part) {
  return part.innerHTML.replace(/(<span class="age"[^>]*>)[^<]*/g, "$1");
}

function replace(id, fresh) {
  const [here, there] = [document.getElementById(id), fresh.getElementById(id)];
  if (!here || !there || (essence(here) === essence(there) && here.className === there.className)) return;
  const focused = here.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  here.className = there.className;
  here.replaceChildren(...there.childNodes);
  if (focused) here.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
}

async function look() {
  if (document.hidden || busy()) return;
  const freshness = document.getElementById("freshness");
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (busy()) return;
    replace("main", fresh);
    replace("freshness", fresh);
    document.title = fresh.title;
    document.getElementById("icon").href = fresh.getElementById("icon").getAttribute("href");
  } catch {
    freshness.classList.add("stale");
  }
}

setInterval(tick, 1000);
if ("live" in document.body.dataset) setInterval(look, PAUSE);
