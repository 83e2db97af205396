// Sound: rings, and what is heard in a call, with the browser's own voice; off until somebody ticks the box.
const TONES = [440, 480]; // hertz, together, as telephones ring in North America
const RING = 1.2, PAUSE = 2.0; // seconds
const ringing = new Set();
let on = false;
let context;
let bell;

export function readAloud(wanted) {
  on = wanted;
  if (!on) beQuiet();
  listenForRings();
}

// A phone rings, or does so no more. Several at once sound as one.
export function ring(number, rings) {
  if (rings) ringing.add(number);
  else ringing.delete(number);
  listenForRings();
}

function listenForRings() {
  const wanted = on && ringing.size > 0;
  if (wanted && !bell) {
    sound();
    bell = setInterval(sound, (RING + PAUSE) * 1000);
  } else if (!wanted && bell) {
    clearInterval(bell);
    bell = undefined;
    context?.suspend();
  }
}

function sound() {
  context ??= new AudioContext();
  context.resume();
  const volume = new GainNode(context, { gain: 0.08 });
  volume.connect(context.destination);
  for (const frequency of TONES) {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(volume);
    tone.start();
    tone.stop(context.currentTime + RING);
  }
}

export function say(line) {
  if (!on || !("speechSynthesis" in window)) return;
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
