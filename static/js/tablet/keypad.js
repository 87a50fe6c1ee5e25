// The number keys stand beside the place that is being filled; the caret stays in its field.
export class Keypad {
  constructor(template) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element.addEventListener("click", (event) => {
      const key = event.target.closest("[data-key]")?.dataset.key;
      if (key) this.press(key);
    });
  }

  moveTo(place) {
    const changed = this.place !== place;
    if (changed) this.place?.box.querySelector(".aspect__body").classList.remove("aspect__body--keypad");
    this.place = place;
    if (place.radio) return this.element.remove();
    if (!changed && this.element.isConnected) return;
    const body = place.box.querySelector(".aspect__body");
    body.classList.add("aspect__body--keypad");
    body.append(this.element);
  }

  press(key) {
    const active = document.activeElement;
    const input = this.place.inputs.includes(active) ? active : this.place.inputs[0];
    if (input !== active) input.focus({ preventScroll: true });
    if (key === "next") return this.place.next();
    if (key === "clear") input.value = "";
    else if (key === "back") input.value = input.value.slice(0, -1);
    else if (input.value.length < 12) input.value += key;
  }
}
