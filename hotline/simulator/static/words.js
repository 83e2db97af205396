// Words page: copy what is to be saved, and hear what is said. All else works without.
for (const button of document.querySelectorAll(".copy")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.closest("details").querySelectorAll("pre")[place(button)].textContent);
    button.textContent = "Copied";
  });
}

const place = (button) => [...button.closest("details").querySelectorAll(".copy")].indexOf(button);

for (const button of document.querySelectorAll(".hear")) {
  button.hidden = !("speechSynthesis" in window);
  button.addEventListener("click", () => {
    const words = new SpeechSynthesisUtterance(button.closest("form").querySelector(".read span").textContent);
    words.lang = button.dataset.voice;
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  });
}
