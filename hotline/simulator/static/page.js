// The page: one station for each phone on the exchange, kept up to date by server-sent events.
import { readAloud } from "./aloud.js";
import { showNumber } from "./numbers.js";
import { Station } from "./station.js";
import { showBehind } from "./behind.js";
import { showGuide } from "./guide.js";
import { showTabs } from "./tabs.js";
import { showTown } from "./town.js";

const stations = new Map();
const place = document.getElementById("phones");
const lost = document.getElementById("lost");
let worry;
let born;
let told = "";
const unsent = new Map(); // words being written on a phone that a new town plugs in again

function show(network) {
  document.getElementById("number").textContent = showNumber(network.number);
  showTown(network.conducted);
  const known = new Set(network.handsets.map((phone) => phone.number));
  for (const [number, station] of stations) {
    if (known.has(number) && born === network.conducted?.born) continue;
    unsent.set(number, station.leave());
    stations.delete(number);
  }
  born = network.conducted?.born;
  for (const phone of network.handsets) {
    if (!stations.has(phone.number)) {
      const station = new Station(phone);
      stations.set(phone.number, station);
      place.append(station.root);
      station.goOn(unsent.get(phone.number));
      unsent.delete(phone.number);
    }
    stations.get(phone.number).show(phone);
  }
  keepOrder(network.handsets.map((phone) => phone.number));
  showTabs(stations, showWho(network.conducted?.story));
  showGuide(network);
  document.getElementById("behind").hidden = document.getElementById("team").hidden = !network.conducted;
  if (!network.conducted) return;
  document.getElementById("town").textContent = network.conducted.town;
  showBehind();
}

// A town that begins plugs its phones in one by one; then they stand as it wants them.
function keepOrder(numbers) {
  if ([...stations.keys()].join() === numbers.join()) return;
  const known = new Map(stations);
  stations.clear();
  for (const number of numbers) stations.set(number, known.get(number));
  place.append(...[...stations.values()].map((station) => station.root));
}

// The phone on which a story goes on just now; its number, once for each line, so that nobody is held there.
function showWho(story) {
  const line = story ? `${born} ${story.at}` : "";
  const fresh = line !== told;
  told = line;
  let number = "";
  for (const station of stations.values()) {
    const acts = Boolean(story?.who) && station.phone.name === story.who;
    station.root.classList.toggle("acts", acts);
    if (acts && fresh) number = station.number;
  }
  return number;
}

function listen() {
  const events = new EventSource("events");
  // The stream ends every few seconds on purpose, and comes back; only a longer silence is worth a word.
  events.onerror = () => { worry ??= setTimeout(() => { lost.hidden = false; }, 3000); };
  events.onopen = () => {
    clearTimeout(worry);
    worry = undefined;
    lost.hidden = true;
  };
  events.onmessage = (event) => show(JSON.parse(event.data));
}

document.getElementById("aloud").addEventListener("change", (event) => readAloud(event.target.checked));
listen();
