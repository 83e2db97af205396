// Letters by keys, as on a flip phone: 2 2 is B. 0 is a space, * takes the last letter away, # makes it a capital.
const LETTERS = { 1: ".,?!1", 2: "abc2", 3: "def3", 4: "ghi4", 5: "jkl5", 6: "mno6", 7: "pqrs7", 8: "tuv8", 9: "wxyz9", 0: " 0" };
const PATIENCE = 900; // milliseconds in which the same key means its next letter

export class T9 {
  constructor(box) {
    this.box = box;
    this.key = "";
    this.at = 0;
  }

  press(key) {
    const { box } = this;
    if (key === "*") box.value = box.value.slice(0, -1);
    else if (key === "#") box.value = box.value.slice(0, -1) + box.value.slice(-1).toUpperCase();
    else this.write(key);
    if (key === "*" || key === "#") this.key = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  write(key) {
    const now = Date.now();
    const again = this.key === key && now - this.at < PATIENCE;
    this.turn = again ? (this.turn + 1) % LETTERS[key].length : 0;
    this.box.value = (again ? this.box.value.slice(0, -1) : this.box.value) + LETTERS[key][this.turn];
    this.key = key;
    this.at = now;
  }
}
