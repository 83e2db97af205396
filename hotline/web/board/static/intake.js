// The screen for a call: what is typed is saved on the server within a second. Of two who type in one field nobody loses
// a word: both texts are shown, and a press says which one stays. Without this script "Keep it for now" does the same.
"use strict";
(() => {
  const form = document.getElementById("intake"), line = document.getElementById("saved");
  const bad = document.getElementById("unsaved");
  const SOON = 700, AGAIN = 5000; // milliseconds
  let timer = 0, saving = false, dirty = false, over = false;

  const fields = (name) => [...form.elements].filter((each) => each.name === name);
  const version = (name) => form.elements[`v_${name}`];
  const body = () => {
    const typed = new URLSearchParams(new FormData(form));
    typed.set("do", "save");
    return typed;
  };

  function changed(event) {
    if (!version(event.target.name) || over) return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, SOON);
  }

  function later(words) {
    tells(words);
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  }

  function tells(words) {
    if (bad.textContent !== words) bad.textContent = words;
    bad.hidden = !words;
  }

  async function save() {
    if (saving || !dirty || over) return;
    saving = true;
    dirty = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body: body() });
      if (answer.status === 401) later(form.dataset.away);
      else if (!answer.ok) later(form.dataset.failed);
      else heard(await answer.json());
    } catch {
      later(form.dataset.failed);
    } finally {
      saving = false;
    }
    if (dirty && !over) {
      clearTimeout(timer);
      timer = setTimeout(save, bad.hidden ? SOON : AGAIN);
    }
  }

  function heard(told) {
    if (told.over) {
      over = true;
      tells(told.over + " ");
      const link = document.createElement("a");
      link.href = told.path;
      link.textContent = told.link;
      return bad.append(link);
    }
    tells("");
    if (told.at) line.textContent = told.at;
    if (told.path) history.replaceState(null, "", told.path);
    for (const [name, value] of Object.entries(told.now)) if (!dirty) put(name, value);
    for (const [name, value] of Object.entries(told.versions)) if (!(dirty && name in told.now)) version(name).value = value;
    for (const box of form.querySelectorAll("[data-both]")) if (!(box.dataset.both in told.theirs)) box.remove();
    for (const [name, theirs] of Object.entries(told.theirs)) both(name, theirs);
  }

  function put(name, value) {
    for (const each of fields(name)) {
      if (each.type === "checkbox" || each.type === "radio") each.checked = each.value === value;
      else each.value = value;
    }
  }

  // What somebody else wrote in the same field, and which of the two stays.
  function both(name, theirs) {
    const known = form.querySelector(`[data-both="${name}"]`), box = known || document.createElement("div");
    if (known && known.dataset.version === theirs.version) return;
    box.className = "bad";
    box.dataset.both = name;
    box.dataset.version = theirs.version;
    box.setAttribute("role", "alert");
    const said = document.createElement("p");
    said.dir = "auto";
    said.textContent = `${form.dataset.theirs} ${theirs.said}`;
    const choose = (words, take) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.onclick = () => {
        if (take) put(name, theirs.value);
        version(name).value = theirs.version;
        box.remove();
        dirty = true;
        fields(name)[0].focus();
        save();
      };
      return button;
    };
    box.replaceChildren(said, choose(form.dataset.mine, false), " ", choose(form.dataset.take, true));
    if (!known) (fields(name)[0].closest("label, fieldset") || fields(name)[0]).before(box);
  }

  if (!form) return;
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    over = true; // the press carries all of it
    clearTimeout(timer);
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("pagehide", () => {
    if (dirty && !over) navigator.sendBeacon(form.action, body());
  });
})();
