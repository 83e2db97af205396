// A row of tabs where only one phone fits: whose phone is seen, and a mark at those on which something came.
const row = document.getElementById("tabs");
let current = "";

// `acting` is the phone on which a story has just gone on, if any.
export function showTabs(stations, acting) {
  if (!stations.has(current)) current = stations.keys().next().value ?? "";
  const shown = [...row.children].map((tab) => tab.value);
  if (shown.join() !== [...stations.keys()].join()) row.replaceChildren(...[...stations.values()].map(tabFor));
  if (acting) current = acting;
  mark(stations);
  if (acting) stations.get(acting).root.scrollIntoView({ block: "nearest" });
}

function tabFor(station) {
  const tab = document.createElement("button");
  tab.type = "button";
  tab.value = station.number;
  tab.dataset.role = station.phone.role;
  tab.textContent = station.phone.name || station.number;
  return tab;
}

function turnTo(number, stations) {
  current = number;
  mark(stations);
}

function mark(stations) {
  for (const tab of row.children) {
    const station = stations.get(tab.value);
    const here = tab.value === current;
    const count = station.phone.texts.length + station.phone.heard.length;
    if (here || tab.dataset.seen === undefined) tab.dataset.seen = count;
    tab.setAttribute("aria-pressed", String(here));
    tab.classList.toggle("news", station.phone.ringing || Number(tab.dataset.seen) !== count);
    tab.setAttribute("aria-label", tab.textContent + (station.phone.ringing ? ", rings" : tab.classList.contains("news") ? ", something new" : ""));
    station.root.classList.toggle("current", here);
  }
  row.stations = stations;
}

row.addEventListener("click", (event) => {
  if (event.target.value) turnTo(event.target.value, row.stations);
});
