// The boxes over the picture of the page: chosen, moved and stretched by mouse, finger or keyboard.
const SVG = "http://www.w3.org/2000/svg";
const SMALLEST = 2;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const tenth = (value) => Math.round(value * 10) / 10;
const plain = (value) => (Number.isInteger(value) ? value : String(value));

// What the kinds of boxes are called: as their buttons say.
export const namesOf = (root) => Object.fromEntries(
  [...root.querySelectorAll("[data-add]")].map((button) => [button.dataset.add, button.dataset.name]),
);

const number = (box, key, usual) => Number(box[key] ?? usual);

// A box as it stands: what its document leaves out is as it is anyway.
export function place(box) {
  return {
    x: number(box, "x", 20), y: number(box, "y", 20), width: number(box, "width", 100), height: number(box, "height", 20),
  };
}

export class Stage {
  constructor(svg, root, acts) {
    Object.assign(this, { svg, acts, names: namesOf(root), held: null });
    svg.addEventListener("pointerdown", (event) => this.take(event));
    svg.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => { this.held = null; });
    svg.addEventListener("keydown", (event) => this.press(event));
    svg.addEventListener("focusin", (event) => this.reach(event));
  }

  show(model, chosen) {
    this.model = model;
    this.chosen = chosen;
    this.svg.setAttribute("viewBox", `0 0 ${model.width ?? 297} ${model.height ?? 210}`);
    while (this.svg.children.length > model.boxes.length) this.svg.lastChild.remove();
    model.boxes.forEach((box, index) => this.draw(box, index));
  }

  draw(box, index) {
    const group = this.svg.children[index] ?? this.make(index);
    const { x, y, width, height } = place(box);
    const [rect, grip] = group.children;
    for (const [key, value] of Object.entries({ x, y, width, height })) rect.setAttribute(key, value);
    rect.setAttribute("aria-label", this.label(box));
    group.classList.toggle("is-chosen", index === this.chosen);
    grip.setAttribute("cx", x + width);
    grip.setAttribute("cy", y + height);
    grip.setAttribute("r", index === this.chosen ? 2 : 0);
  }

  make(index) {
    const group = this.svg.appendChild(document.createElementNS(SVG, "g"));
    const rect = group.appendChild(document.createElementNS(SVG, "rect"));
    const grip = group.appendChild(document.createElementNS(SVG, "circle"));
    for (const part of [rect, grip]) part.dataset.index = index;
    rect.setAttribute("tabindex", "0");
    rect.setAttribute("role", "button");
    grip.dataset.grip = "";
    return group;
  }

  label(box) {
    const words = (box.lines ?? []).map((line) => line.text ?? "").join(" / ");
    return words || this.names[box.kind ?? "text"];
  }

  at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [point.x, point.y];
  }

  take(event) {
    const index = Number(event.target.dataset.index ?? -1);
    if (index !== this.chosen) this.acts.choose(index);
    if (index < 0) return;
    event.preventDefault();
    this.svg.children[index].firstChild.focus();
    this.svg.setPointerCapture(event.pointerId);
    this.held = { index, grip: "grip" in event.target.dataset, from: this.at(event), was: place(this.model.boxes[index]) };
  }

  drag(event) {
    if (!this.held) return;
    const [x, y] = this.at(event);
    this.shift(this.held.index, this.held.was, x - this.held.from[0], y - this.held.from[1], this.held.grip);
  }

  shift(index, was, right, down, stretch) {
    const [across, along] = stretch ? ["width", "height"] : ["x", "y"];
    const box = this.model.boxes[index];
    box[across] = plain(tenth(stretch ? Math.max(SMALLEST, was[across] + right) : was[across] + right));
    box[along] = plain(tenth(stretch ? Math.max(SMALLEST, was[along] + down) : was[along] + down));
    this.acts.changed();
  }

  press(event) {
    const way = ARROWS[event.key];
    const index = Number(event.target.dataset.index ?? -1);
    if (!way || index < 0) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.1 : 1;
    this.shift(index, place(this.model.boxes[index]), way[0] * step, way[1] * step, event.altKey);
  }

  reach(event) {
    const index = Number(event.target.dataset.index ?? -1);
    if (index >= 0 && index !== this.chosen) this.acts.choose(index);
  }
}
