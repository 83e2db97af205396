// What happens behind: the timeline, and on demand what stands behind one of its lines.
const place = document.getElementById("lines");
const bill = document.getElementById("bill");
const SUMMARIES = { in: "How it was understood", out: "Its wording and webhooks", call: "Webhooks" };
let drawn = [];
let waiting;

export function showBehind() {
  waiting ??= setTimeout(load, 250);
}

async function load() {
  waiting = undefined;
  if (!document.getElementById("behind").open) return;
  try {
    const answer = await (await fetch("behind")).json();
    bill.textContent = answer.bill ?? "";
    draw(answer.lines);
  } catch {
    showBehind();
  }
}

// Newest last; only what is new is added, so that a screen reader reads only that.
function draw(lines) {
  const keys = lines.map((line) => JSON.stringify(line));
  const kept = drawn.length <= keys.length && drawn.every((key, i) => key === keys[i]);
  if (!kept) place.replaceChildren();
  const fresh = kept ? lines.slice(drawn.length) : lines;
  drawn = keys;
  if (!fresh.length) return;
  place.append(...fresh.map(oneLine));
  place.scrollTop = place.scrollHeight;
}

function oneLine(line) {
  const item = make("li", line.kind);
  const words = make("span", "words", line.words);
  words.dir = "auto";
  item.append(make("time", "", line.local), words);
  if (line.note) item.append(make("small", "", line.note));
  if (line.sid) {
    const why = document.createElement("details");
    why.append(make("summary", "", SUMMARIES[line.kind]), make("div"));
    if (line.kind === "out") why.children[0].after(otherwise(line.sid));
    why.addEventListener("toggle", () => why.open && explain(line.sid, why.lastChild));
    item.append(why);
  }
  return item;
}

// To the wordings that a text is made of.
function otherwise(sid) {
  const link = make("a", "", "Say it otherwise");
  link.href = `words?text=${encodeURIComponent(sid)}`;
  return link;
}

async function explain(sid, room) {
  const { layers, wires } = await (await fetch(`understood/${encodeURIComponent(sid)}`)).json();
  const list = document.createElement("dl");
  for (const [name, what] of layers) list.append(make("dt", "", name), make("dd", "", what));
  room.replaceChildren(list);
  if (layers.length) room.append(make("p", "", "As from somebody new, who was asked nothing."));
  for (const wire of wires) {
    const fields = wire.fields.map(([name, value]) => `${name}: ${value}`).join("\n");
    const box = make("pre", "", `${wire.asked}\n${fields}\n\nanswered ${wire.status}\n${wire.answer}`);
    box.tabIndex = 0;
    room.append(box);
  }
  if (!wires.length) room.append(make("p", "", "No webhook about it."));
}

function make(name, kind = "", words = "") {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = words;
  return made;
}

document.getElementById("behind").addEventListener("toggle", showBehind);
