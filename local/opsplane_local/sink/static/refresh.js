// Keeps the page up to date: asks for what changed, says so when nobody answers, stays where the reader is.
"use strict";
const feed = document.getElementById("feed");
const ACTIVE = 1500, HIDDEN = 15000, NEAR = 80;
let tag = "";

function localTimes() {
  for (const time of feed.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.dateTime;
    time.textContent = moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  }
}

function toTheEnd() {
  const scroll = document.getElementById("scroll");
  scroll.scrollTop = scroll.scrollHeight;
}

function replace(html) {
  const before = document.getElementById("scroll");
  const atEnd = before.scrollHeight - before.scrollTop - before.clientHeight < NEAR;
  const position = before.scrollTop;
  const open = new Set([...feed.querySelectorAll("article:has(details[open])")].map((article) => article.id));
  feed.innerHTML = html; // rendered and escaped by the server
  for (const article of feed.querySelectorAll("article")) {
    if (open.has(article.id)) article.querySelector("details").open = true;
  }
  localTimes();
  if (atEnd) toTheEnd(); else document.getElementById("scroll").scrollTop = position;
  const total = feed.querySelector(".sidebar").dataset.total;
  document.title = (total === "0" ? "" : `(${total}) `) + "opsplane sink";
}

async function refresh() {
  let alive = false;
  try {
    const query = feed.dataset.channel ? `?channel=${encodeURIComponent(feed.dataset.channel)}` : "";
    const answer = await fetch(`/feed${query}`, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    alive = answer.ok || answer.status === 304;
    if (answer.ok) {
      tag = answer.headers.get("ETag") || "";
      replace(await answer.text());
    }
  } catch {
    alive = false;
  }
  const live = document.getElementById("live");
  live.textContent = alive ? "live" : "not answering";
  live.classList.toggle("dead", !alive);
  setTimeout(refresh, document.hidden ? HIDDEN : ACTIVE);
}

localTimes();
toTheEnd();
setTimeout(refresh, ACTIVE);
