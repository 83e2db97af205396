// One phone: its screen, its keys, and what a person does with it.
import { beQuiet, recordingIn, ring, say } from "./aloud.js";
import { showNumber } from "./numbers.js";
import { T9 } from "./t9.js";
import { ask } from "./town.js";

const KINDS = { flip: "flip phone", landline: "landline", mobile: "mobile" };
const KEYS = [
  ["1", ""], ["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"],
  ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"], ["*", ""], ["0", ""], ["#", ""],
];
const SPOKEN = { "*": "star", "#": "pound" };
// What is read of a control, before whose it is; "" for what stands on it.
const WHOSE = {
  '[data-view="texts"]': "Texts screen", '[data-view="call"]': "Call screen", ".write button": "", ".say": "", ".silent": "",
  "[data-own]": "",
};
const WAITS = {
  Gather: "Press a key.",
  Record: "Speak now.",
  Dial: "Connecting you…",
};

export class Station {
  constructor(phone) {
    this.root = document.getElementById("station").content.firstElementChild.cloneNode(true);
    this.find = (selector) => this.root.querySelector(selector);
    this.number = phone.number;
    this.phone = { ...phone, texts: [], heard: [], in_call: false, ringing: false };
    this.view = "";
    this.shown = false;
    this.dress(phone);
    this.wire();
    this.look(phone.kind === "landline" ? "call" : "texts");
    // A box that opens or a window that is resized must not hide what has just come.
    const seen = new ResizeObserver((logs) => logs.forEach((log) => toNewest(log.target)));
    for (const log of this.root.querySelectorAll(".log")) {
      seen.observe(log);
      log.addEventListener("scroll", () => goesOn(log), { passive: true });
    }
  }

  // Names and labels, once.
  dress(phone) {
    const name = phone.name || showNumber(phone.number);
    this.root.dataset.kind = phone.kind;
    this.find("h2").textContent = name;
    this.find("h2").id = `name-${phone.number.slice(1)}`;
    this.root.setAttribute("aria-labelledby", this.find("h2").id);
    this.root.dataset.role = phone.role;
    this.find(".kind").append(`${phone.role === "coordinator" ? "coordinator" : KINDS[phone.kind]} · ${showNumber(phone.number)}`);
    this.find(".texts").setAttribute("aria-label", `Texts on ${name}'s phone`);
    this.find(".captions").setAttribute("aria-label", `What ${name} hears`);
    this.find("textarea").setAttribute("aria-label", `Text from ${name}`);
    this.find("input").setAttribute("aria-label", `What ${name} says`);
    this.find(".keypad").setAttribute("aria-label", `Keys of ${name}'s phone`);
    // Each control says whose phone it is: a list of them all, as screen readers show it, is told apart.
    this.whose = `on ${name}'s phone`;
    for (const [selector, words] of Object.entries(WHOSE)) {
      for (const control of this.root.querySelectorAll(selector)) this.say(control, words || control.textContent);
    }
    this.find(".past").textContent = `Past ${name}'s phone`;
    this.find(".own > summary").setAttribute("aria-label", `This phone, ${name}'s`);
    this.find(".keypad").append(...KEYS.map(([key, letters]) => keyButton(key, letters)));
  }

  say(control, words) {
    control.setAttribute("aria-label", `${words} ${this.whose}`);
  }

  wire() {
    this.find(".keypad").addEventListener("click", (event) => this.press(event.target.closest("button")?.value));
    this.root.addEventListener("keydown", (event) => this.typed(event));
    for (const button of this.root.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => button.ariaDisabled !== "true" && this.act(button.dataset.act));
    }
    for (const tab of this.root.querySelectorAll("[data-view]")) {
      tab.addEventListener("click", () => this.look(tab.dataset.view));
    }
    this.find(".past").addEventListener("click", () => this.find(".end").focus());
    this.t9 = new T9(this.find("textarea"));
    for (const button of this.root.querySelectorAll("[data-own]")) button.addEventListener("click", () => this.own(button));
    this.submits(".write", "text", "body");
    this.submits(".speak", "say", "words");
    this.find("textarea").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        this.find(".write").requestSubmit();
      }
    });
  }

  submits(selector, act, field) {
    this.find(selector).addEventListener("submit", (event) => {
      event.preventDefault();
      const box = event.target.elements[field];
      const words = box.value;
      if (!words.trim()) return;
      box.value = "";
      this.act(act, { [field]: words });
    });
  }

  // Number keys of the keyboard work too, unless somebody is typing.
  typed(event) {
    if (event.target.matches("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.phone.in_call && /^[0-9*#]$/.test(event.key)) {
      event.preventDefault();
      this.press(event.key);
    }
  }

  press(key) {
    if (!key || !(this.phone.in_call || this.writesByKeys)) return;
    const button = this.find(`.keypad [value="${CSS.escape(key)}"]`);
    button.classList.add("down");
    setTimeout(() => button.classList.remove("down"), 150);
    if (this.phone.in_call) this.act("press", { keys: key });
    else this.t9.press(key);
  }

  // A flip phone's keys write letters while nobody is on the line.
  get writesByKeys() {
    return this.phone.kind === "flip" && this.view === "texts";
  }

  // Unplugged: what was being written goes on where the same phone is plugged in again.
  leave() {
    const box = this.find("textarea");
    const left = { words: box.value, typing: document.activeElement === box };
    this.root.remove();
    return left;
  }

  goOn(left) {
    if (!left?.words) return;
    this.find("textarea").value = left.words;
    if (left.typing) this.find("textarea").focus();
  }

  // What is done to the phone itself, not with it.
  own(button) {
    const what = button.dataset.own;
    if (what === "unplug") {
      ask("unplug", { phone: this.number });
      return;
    }
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    ask("trouble", { name: what, on, phone: this.number });
  }

  async act(act, told = {}) {
    this.find(".error").textContent = "";
    if (act === "call") this.find(".status").textContent = "Calling…";
    if (act === "hangup") beQuiet();
    try {
      const answer = await fetch(`handsets/${encodeURIComponent(this.number)}/${act}`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told),
      });
      if (!answer.ok) this.find(".error").textContent = (await answer.json()).error;
    } catch {
      this.find(".error").textContent = "The simulator does not answer.";
    }
  }

  // What the exchange says about this phone now.
  show(phone) {
    const before = this.phone;
    this.phone = phone;
    this.find(".hint").replaceChildren(...(phone.hint ? [strong("Try this: "), phone.hint] : []));
    const newText = grow(this.find(".texts"), before.texts, phone.texts, (text) => text.sid, textLine, !this.shown);
    const fresh = phone.in_call && !before.in_call;
    if (fresh) this.find(".captions").replaceChildren();
    const said = grow(this.find(".captions"), fresh ? [] : before.heard, phone.heard, (line) => line.words, captionLine, !this.shown);
    if (this.shown) said.forEach(say);
    this.shown = true;
    this.find(".own").hidden = phone.door === undefined;
    if (phone.door) this.showDoor(phone.door);
    this.chooseView(before, newText.length > 0);
    this.showCall(before);
  }

  // Its own page, for somebody in the room.
  showDoor(address) {
    const link = this.find(".door a");
    if (link.textContent === address) return;
    this.find(".door").hidden = false;
    this.find(".door img").src = `qr/${encodeURIComponent(this.number)}`;
    this.find(".door img").alt = `Code with the address of ${this.phone.name}'s phone`;
    link.textContent = link.href = address;
  }

  chooseView(before, texted) {
    const { in_call, ringing, kind } = this.phone;
    if ((in_call && !before.in_call) || (ringing && !before.ringing)) this.look("call");
    else if (texted && !in_call && !ringing && kind !== "landline") this.look("texts");
  }

  showCall(before) {
    const { in_call, ringing } = this.phone;
    this.root.classList.toggle("in-call", in_call);
    this.root.classList.toggle("ringing", ringing);
    ring(this.number, ringing);
    const green = this.find(".green");
    green.dataset.act = ringing ? "answer" : "call";
    green.textContent = ringing ? "Answer" : "Call";
    this.say(green, green.textContent);
    green.setAttribute("aria-disabled", String(in_call));
    const red = this.find(".red");
    red.textContent = ringing ? "Decline" : "Hang up";
    this.say(red, red.textContent);
    red.setAttribute("aria-disabled", String(!in_call && !ringing));
    this.find(".speak").classList.toggle("keys-only", !this.phone.listens);
    this.find(".silent").hidden = this.phone.waiting_for === "";
    if (before.in_call && !in_call) beQuiet();
    this.look(this.view);
  }

  status() {
    const { in_call, ringing, ringing_from, waiting_for, keys, heard } = this.phone;
    if (ringing) return `${showNumber(ringing_from)} is calling`;
    if (!in_call) return heard.length && this.view === "call" ? "The call is over." : "";
    return keys ? `Keys so far: ${keys}` : WAITS[waiting_for] ?? "You are talking.";
  }

  look(view) {
    this.view = view;
    const { in_call, kind } = this.phone;
    for (const tab of this.root.querySelectorAll("[data-view]")) {
      tab.setAttribute("aria-pressed", String(tab.dataset.view === view));
    }
    this.find(".tabs").hidden = kind === "landline";
    this.find(".texts").hidden = view !== "texts";
    this.find(".captions").hidden = view !== "call";
    this.find(".write").hidden = view !== "texts" || kind === "landline";
    this.find(".speak").hidden = view !== "call" || !in_call;
    this.find(".status").textContent = this.status();
    for (const key of this.find(".keypad").children) key.disabled = !in_call && !this.writesByKeys;
    this.keepFocus();
  }

  // When what had the focus goes away, the green button takes it, so that number keys keep working.
  keepFocus() {
    const active = document.activeElement;
    if (this.root.contains(active) && (active.disabled || active.checkVisibility?.() === false)) {
      this.find(".green").focus({ preventScroll: true });
    }
  }
}

// Adds only what is new, so that a screen reader reads only that; builds anew when the old part has changed.
function grow(log, before, now, name, draw, opened) {
  const kept = before.length <= now.length && before.every((one, i) => name(one) === name(now[i]));
  if (!kept) log.replaceChildren();
  const fresh = kept ? now.slice(before.length) : now;
  const lines = fresh.map(draw);
  if (!lines.length) return [];
  for (const old of log.querySelectorAll(".new")) old.classList.remove("new");
  // What a page that has just been opened finds is not new, but for the last line.
  for (const line of opened ? lines.slice(-1) : lines) line.classList.add("new");
  log.append(...lines);
  toNewest(log);
  return kept ? fresh : [];
}

// To the first of the new lines, not to the end: a long one is read from its beginning.
function toNewest(log) {
  const first = log.querySelector(".new");
  if (first) log.scrollTop = first.offsetTop - log.offsetTop;
  goesOn(log);
}

function goesOn(log) {
  log.classList.toggle("more", log.scrollHeight - log.scrollTop - log.clientHeight > 20);
}

function textLine(text) {
  const line = document.createElement("p");
  line.className = text.mine ? "mine" : "theirs";
  line.dir = "auto";
  if (text.language) line.lang = text.language;
  line.textContent = text.body;
  const note = text.carrier ? "from the phone company" : text.failed ? "the hotline did not answer" : "";
  if (note) line.append(small(note));
  return line;
}

function captionLine(said) {
  const line = document.createElement("p");
  line.dir = "auto";
  if (said.language) line.lang = said.language;
  line.textContent = recordingIn(said.words) ? "♪ a recording plays" : said.words;
  return line;
}

function keyButton(key, letters) {
  const button = document.createElement("button");
  button.type = "button";
  button.value = key;
  button.setAttribute("aria-label", SPOKEN[key] ?? key);
  button.append(strong(key), small(letters));
  return button;
}

function strong(words) {
  const mark = document.createElement("strong");
  mark.textContent = words;
  return mark;
}

function small(words) {
  const mark = document.createElement("small");
  mark.textContent = words;
  return mark;
}
