// Time and stories: what can be asked of the world behind the phones.
const find = (id) => document.getElementById(id);
let town;
let busy = false;

export async function ask(what, told = {}) {
  find("refused").textContent = "";
  busy = true;
  setButtons();
  try {
    const answer = await fetch(`town/${what}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told),
    });
    if (!answer.ok) find("refused").textContent = (await answer.json()).error;
  } catch {
    find("refused").textContent = "The simulator does not answer.";
  }
  busy = false;
  setButtons();
}

export function showTown(state) {
  town = state;
  find("conduct").hidden = !state;
  if (!state) return;
  find("time").textContent = state.local;
  find("changed").hidden = !state.in_own_words;
  find("pause").setAttribute("aria-pressed", String(state.still));
  find("pause").textContent = state.still ? "Let time run" : "Stop the clock";
  if (!find("story").options.length) {
    for (const story of state.stories) find("story").add(new Option(story.name.replaceAll("_", " "), story.name));
    if (state.story) find("story").value = state.story.name;
  }
  for (const box of document.querySelectorAll("[data-trouble]")) box.checked = state.troubles.includes(box.dataset.trouble);
  setButtons();
  tell(state.story);
}

function setButtons() {
  const { story } = town ?? {};
  find("play").textContent = story?.playing ? "Stop, and go on by hand" : chosenIsOn() ? "Go on" : "Play";
  find("play").disabled = find("step").disabled = busy;
  if (story?.over && chosenIsOn()) find("play").textContent = "Play again";
}

const chosenIsOn = () => town?.story?.name === find("story").value;

function tell(story) {
  const told = find("told");
  told.hidden = !story;
  if (!story) return;
  const title = document.createElement("strong");
  title.textContent = story.title;
  const where = ` ${story.at} of ${story.of}. `;
  const line = story.over && !story.playing ? "That was the story. Go on by hand, or begin again." : story.line;
  told.replaceChildren(title, where, line);
}

async function begin(told) {
  find("told").hidden = false;
  find("told").textContent = "A new town is on its way…";
  await ask("begin", told);
}

// A story that is not on yet begins in a town of its own.
async function onStory(then) {
  if (!chosenIsOn() || town.story.over) await begin({ story: find("story").value });
  await ask(then);
}

find("play").addEventListener("click", () => (town.story?.playing ? ask("stop") : onStory("play")));
find("step").addEventListener("click", () => onStory("step"));
find("story").addEventListener("change", setButtons);
find("again").addEventListener("click", () => begin());
find("pause").addEventListener("click", () => ask("pause", { still: !town.still }));
find("troubles").addEventListener("change", (event) => {
  ask("trouble", { name: event.target.dataset.trouble, on: event.target.checked });
});
find("plug").addEventListener("submit", (event) => {
  event.preventDefault();
  const { name, kind, gives } = event.target.elements;
  ask("plug", { name: name.value.trim(), kind: kind.value, gives: gives.checked });
  name.value = "";
});
find("conduct").addEventListener("click", (event) => {
  const { town: what, told } = event.target.dataset;
  if (what) ask(what, JSON.parse(told ?? "{}"));
});

// Where only one phone fits, the phone is what one came for.
const narrow = matchMedia("(max-width: 40rem)");
const fold = () => { find("controls").open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();
