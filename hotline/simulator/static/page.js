// The page: one station for each phone on the exchange, kept up to date by server-sent events.
import { readAloud } from "./aloud.js";
import { showNumber } from "./numbers.js";
import { Station } from "./station.js";

const stations = new Map();
const place = document.getElementById("phones");
const lost = document.getElementById("lost");
let worry;

function show(network) {
  showTime(network);
  document.getElementById("number").textContent = showNumber(network.number);
  for (const phone of network.handsets) {
    if (!stations.has(phone.number)) {
      const station = new Station(phone);
      stations.set(phone.number, station);
      place.append(station.root);
    }
    stations.get(phone.number).show(phone);
  }
}

function showTime(network) {
  document.getElementById("clock").hidden = !network.moves;
  const time = new Date(network.at * 1000);
  document.getElementById("time").textContent = time.toLocaleString([], { weekday: "short", hour: "numeric", minute: "2-digit" });
}

async function letPass(hours) {
  const headers = { "Content-Type": "application/json" };
  await fetch("clock", { method: "POST", headers, body: JSON.stringify({ seconds: hours * 3600 }) });
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

document.getElementById("clock").addEventListener("click", (event) => {
  const { hours } = event.target.dataset;
  if (hours) letPass(Number(hours));
});
document.getElementById("aloud").addEventListener("change", (event) => readAloud(event.target.checked));
listen();
