// A signature in handwriting: strokes of whole numbers in a field of 1000 × 320 (scoring/sheets/signatures.py). It is
// drawn with whatever points, and it is never the only way: beside it stands what to do without.
const [WIDTH, HEIGHT] = [1000, 320];
const STEP = 4; // nearer points tell nothing
const SHORTEST = 150;
const [MOST_STROKES, MOST_NUMBERS] = [60, 3000];

const within = (value, most) => Math.min(Math.max(Math.round(value), 0), most);

export class Drawing {
  constructor(field, onchange) {
    Object.assign(this, { field, onchange, strokes: [], pointer: null });
    field.addEventListener("pointerdown", (event) => this.begin(event));
    field.addEventListener("pointermove", (event) => event.pointerId === this.pointer && this.go(event));
    for (const name of ["pointerup", "pointercancel"]) field.addEventListener(name, () => { this.pointer = null; });
  }

  get empty() {
    return this.strokes.length === 0;
  }

  get tooShort() {
    return this.strokes.reduce((sum, stroke) => sum + travelled(stroke), 0) < SHORTEST;
  }

  get full() {
    return this.strokes.flat().length + 4 > MOST_NUMBERS;
  }

  begin(event) {
    if (this.pointer !== null || this.strokes.length >= MOST_STROKES || this.full) return;
    event.preventDefault();
    this.pointer = event.pointerId;
    this.field.setPointerCapture(event.pointerId);
    this.last = this.place(event);
    this.strokes.push([...this.last]);
    this.path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    this.field.append(this.path);
    this.paint();
  }

  go(event) {
    for (const part of event.getCoalescedEvents?.() ?? [event]) this.point(part);
    this.paint();
  }

  point(event) {
    const [x, y] = this.place(event);
    const [dx, dy] = [x - this.last[0], y - this.last[1]];
    if (Math.max(Math.abs(dx), Math.abs(dy)) < STEP || this.full) return;
    this.last = [x, y];
    this.strokes.at(-1).push(dx, dy);
  }

  place(event) {
    const { left, top, width, height } = this.field.getBoundingClientRect();
    return [within(((event.clientX - left) / width) * WIDTH, WIDTH), within(((event.clientY - top) / height) * HEIGHT, HEIGHT)];
  }

  paint() {
    const [x, y, ...steps] = this.strokes.at(-1);
    this.path.setAttribute("d", `M${x} ${y}l${(steps.length ? steps : [0, 0]).join(" ")}`);
    this.onchange();
  }

  clear() {
    this.strokes = [];
    this.field.replaceChildren();
    this.onchange();
  }
}

function travelled(stroke) {
  let sum = 0;
  for (let index = 2; index < stroke.length; index += 2) sum += Math.max(Math.abs(stroke[index]), Math.abs(stroke[index + 1]));
  return sum;
}
