// A guided minute: notices what was done, and says what to try next.
const place = document.getElementById("guide");
const next = document.getElementById("next");
const texted = (network, name) => network.handsets.some((phone) => phone.name === name && phone.texts.some((text) => text.mine));

// [what to try, whether it was done]; what is tried is what this community calls it, and the number that was given.
const STEPS = [
  [({ need }) => `Ana needs ${need}. On Ana's phone, text: ${need}`, (network) => texted(network, "Ana")],
  [() => "Answer what it asks, on Ana's phone. After two or three short texts neighbors are asked.", (network, { counts }) => counts.open > 0],
  [({ counts }) => `Neighbors are asked. On Ben's phone, text: YES ${counts.last_open}`, (network, { counts }) => counts.taken > 0],
  [({ counts }) => `Cho says yes as well, a little later. On Cho's phone, text: YES ${counts.last_taken}`, (network) => texted(network, "Cho")],
  [({ counts }) => `Ben has brought it. On Ben's phone, text: DONE ${counts.last_taken}`, (network, { counts }) => counts.done > 0],
  [() => "Answer Ana's question. Then Ana gives, too: nobody is a client here. On Ana's phone, text: VOLUNTEER", (network, { counts }) => counts.givers > 3],
  [() => "No mobile phone? On Gus's landline, press Call and go on by keys.", (network) => network.handsets.some((phone) => phone.name === "Gus" && phone.heard.length)],
];
let reached = new Set();
let world;

export function showGuide(network) {
  const town = network.conducted;
  document.getElementById("guided").hidden = !town || Boolean(town.story);
  if (!town) return;
  if (world !== town.born) reached = new Set();
  world = town.born;
  STEPS.forEach(([, done], i) => done(network, town) && reached.add(i));
  if (!place.children.length) place.append(...STEPS.map(() => document.createElement("li")));
  STEPS.forEach(([says], i) => {
    place.children[i].textContent = says(numbered(town));
    place.children[i].classList.toggle("done", reached.has(i));
  });
  const left = STEPS.findIndex((_, i) => !reached.has(i));
  const words = left < 0 ? "That is all of it: who asked first gives at the end." : `Next: ${STEPS[left][0](numbered(town))}`;
  if (next.textContent !== words) next.textContent = words;
}

// Before there is a number, the one that the first request gets.
function numbered(town) {
  const { last_open, last_taken } = town.counts;
  return { ...town, counts: { last_open: last_open || "101", last_taken: last_taken || last_open || "101" } };
}
