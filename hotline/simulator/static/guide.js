// A guided minute: notices what was done, and says what to try next.
const place = document.getElementById("guide");
const next = document.getElementById("next");
const texted = (network, name) => network.handsets.some((phone) => phone.name === name && phone.texts.some((text) => text.mine));

const STEPS = [
  ["Ana needs food. On Ana's phone, text: food", (network) => texted(network, "Ana")],
  ["Answer what it asks. After three short texts her request has a number.", (network, counts) => counts.open > 0],
  ["Two neighbors are asked. On Ben's phone, text: YES 101", (network, counts) => counts.taken > 0],
  ["Be too late. On Cho's phone, text: YES 101", (network) => texted(network, "Cho")],
  ["Ben has brought it. On Ben's phone, text: DONE 101", (network, counts) => counts.done > 0],
  ["Ana gives, too: nobody is a client here. On Ana's phone, text: VOLUNTEER", (network, counts) => counts.givers > 3],
  ["No mobile phone? On Gus's landline, press Call and go on by keys.", (network) => network.handsets.some((phone) => phone.name === "Gus" && phone.heard.length)],
];
let reached = new Set();
let world;

export function showGuide(network) {
  const town = network.conducted;
  document.getElementById("guided").hidden = !town || Boolean(town.story);
  if (!town) return;
  if (world !== town.born) reached = new Set();
  world = town.born;
  STEPS.forEach(([, done], i) => done(network, town.counts) && reached.add(i));
  if (!place.children.length) for (const [words] of STEPS) place.append(item(words));
  STEPS.forEach((_, i) => place.children[i].classList.toggle("done", reached.has(i)));
  const left = STEPS.findIndex((_, i) => !reached.has(i));
  const words = left < 0 ? "That is all of it: who asked first gives at the end." : `Next: ${STEPS[left][0]}`;
  if (next.textContent !== words) next.textContent = words;
}

function item(words) {
  const made = document.createElement("li");
  made.textContent = words;
  return made;
}
