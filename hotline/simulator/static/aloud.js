// Reads what is heard in a call with the browser's own voice; off until somebody ticks the box.
let on = false;

export function readAloud(wanted) {
  on = wanted && "speechSynthesis" in window;
  if (!on) beQuiet();
}

export function say(line) {
  if (!on) return;
  const recording = recordingIn(line.words);
  if (recording) {
    new Audio(recording).play().catch(() => {});
    return;
  }
  const words = new SpeechSynthesisUtterance(line.words);
  words.lang = line.language || document.documentElement.lang;
  speechSynthesis.speak(words);
}

export function beQuiet() {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}

export function recordingIn(words) {
  return /^\[recording (.*)\]$/.exec(words)?.[1];
}
