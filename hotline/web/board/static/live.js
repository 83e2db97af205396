// The pages that move by themselves: hears that something is new, fetches it, and puts it where it belongs. Whatever has
// the focus keeps it, and what moved is said aloud. Without this script the pages are whole, and say as of when they are.
"use strict";
(() => {
  const line = document.getElementById("live");
  const box = document.getElementById("columns"); // the overview; a need's page has none
  const aloud = document.getElementById("aloud");
  const SHOWN = 6000, LATER = 20000; // milliseconds
  let source = null, fetching = false, again = false, timer = 0;
  let { pulse, at } = (box || line).dataset;

  function listen() {
    if (source || document.hidden) return;
    const url = new URL(line.dataset.events, location.href);
    url.searchParams.set("seen", pulse);
    source = new EventSource(url);
    source.onopen = () => says(true);
    source.onmessage = (event) => (event.data === "over" ? over() : changed());
    source.onerror = () => {
      says(false);
      if (source && source.readyState === EventSource.CLOSED) later();
    };
  }

  function stop() {
    if (source) source.close();
    source = null;
    clearTimeout(timer);
  }

  function later() {
    stop();
    timer = setTimeout(listen, LATER + Math.random() * LATER);
  }

  // Whoever is signed out reads no more of the overview; on a need's page something may be written still.
  function over() {
    stop();
    if (box) location.reload();
  }

  function says(live) {
    if (box) line.textContent = live ? line.dataset.now : line.dataset.then.replace("{at}", at);
  }

  async function changed() {
    if (!box) line.hidden = false;
    else if (fetching) again = true;
    else await fetched();
  }

  async function fetched() {
    fetching = true;
    try {
      const answer = await fetch(line.dataset.part);
      if (answer.redirected) return over();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("columns");
      if (!answer.ok || !next) return later();
      ({ pulse, at } = next.dataset);
      put(next);
    } catch {
      says(false);
      later();
    } finally {
      fetching = false;
    }
    if (again) {
      again = false;
      await changed();
    }
  }

  const key = (li) => li.dataset.key || li.querySelector("a").getAttribute("href");
  const cards = (root) => new Map([...root.querySelectorAll("section:not(.tray) li")].map((li) => [key(li), li]));
  const column = (li) => li.closest("section").id;

  function put(next) {
    const known = cards(box), stood = new Map([...known].map(([name, li]) => [name, column(li)]));
    const active = box.contains(document.activeElement) ? document.activeElement : null;
    const held = active && active.closest("li"), shine = box.querySelectorAll(".moved");
    patch(box, next, known);
    for (const li of shine) li.classList.add("moved");
    const came = (name, li) => !stood.has(name) && column(li) === "new" && !box.querySelector("#new .more");
    const moved = [...cards(box)].filter(([name, li]) => came(name, li) || (stood.has(name) && stood.get(name) !== column(li)));
    if (active && document.activeElement !== active) focus(active, held);
    for (const [, li] of moved) {
      li.classList.add("moved");
      setTimeout(() => li.classList.remove("moved"), SHOWN);
    }
    if (moved.length) aloud.textContent = moved.length > 1 ? line.dataset.many.replace("{count}", moved.length) : told(moved[0][1]);
  }

  function focus(active, held) {
    if (active.isConnected) active.focus();
    else {
      const same = held && [...box.querySelectorAll("li > a")].find((link) => key(link.parentNode) === key(held));
      (same || document.getElementById("page")).focus();
    }
  }

  function told(li) {
    const name = li.closest("section").querySelector("h2").firstChild.data.trim();
    return line.dataset.moved.replace("{card}", li.querySelector("a").textContent.trim()).replace("{column}", name);
  }

  // Makes `old` say what `next` says, and leaves alone what is the same: an open list stays open.
  function patch(old, next, known) {
    if (old.isEqualNode(next)) return;
    if (old.nodeName !== next.nodeName && next.nodeName === "UL") {
      const empty = document.createElement("ul");
      old.replaceWith(empty);
      return list(empty, next, known);
    }
    if (old.nodeName !== next.nodeName || old.nodeName === "FORM") return old.replaceWith(next);
    if (old.nodeType !== Node.ELEMENT_NODE) return void (old.data = next.data);
    for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of next.attributes) old.setAttribute(name, value);
    if (old.nodeName === "UL") return list(old, next, known);
    const before = [...old.childNodes], after = [...next.childNodes];
    after.forEach((child, place) => (before[place] ? patch(before[place], child, known) : old.append(child)));
    before.slice(after.length).forEach((child) => child.remove());
  }

  // The entries of a list, each known by its key or by where it leads: a card that stands in another column now is the same card.
  function list(old, next, known) {
    const own = old.closest(".tray") ? new Map([...old.children].map((li) => [key(li), li])) : known;
    const wanted = [...next.children].map((li) => {
      const same = own.get(key(li));
      if (same) patch(same, li, known);
      return same || li;
    });
    for (const li of [...old.children]) if (!wanted.includes(li)) li.remove();
    wanted.forEach((li, place) => old.children[place] !== li && old.insertBefore(li, old.children[place] || null));
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return listen();
    stop();
    says(false);
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
  if (line) listen();
})();
