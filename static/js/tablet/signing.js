// What a signature asks for on this device, below the review: the PIN of the judge card, a drawing, or nothing but the
// confirmation. It holds for the marks whose digest is shown, and for no others.
import { marksHash, shownHash } from "./digest.js";
import { Drawing } from "./drawing.js";
import { Pin } from "./pin.js";
import { say } from "./words.js";

const DOMAIN = "jiangsai-signature/1";
const DIGITS = 6;

export class Signing {
  constructor(app, box, view, changed) {
    Object.assign(this, { app, box, view, changed, locked: false, busy: false });
    this.pin = new Pin(app.store);
    const find = (name) => box.querySelector(`[data-${name}]`);
    Object.assign(this, { field: find("pin-field"), without: find("without"), told: find("pin-error"), reason: find("reason-field") });
    this.drawing = new Drawing(find("drawing-field"), () => this.redrawn());
    find("clear").addEventListener("click", () => this.drawing.clear());
    this.field.addEventListener("input", () => this.typed(this.field.value));
    find("keys").addEventListener("pointerdown", (event) => event.preventDefault());
    find("keys").addEventListener("click", (event) => this.press(event.target.closest("[data-key]")?.dataset.key));
    this.without.addEventListener("change", () => this.update());
    this.reason.addEventListener("input", () => this.changed());
    find("reason").addEventListener("click", (event) => this.take(event.target.closest("[data-ready]")));
    this.look();
  }

  get asked() {
    return this.app.store.events.find(({ id }) => id === this.app.event)?.signing ?? { pin: false, drawing: false, instead: false };
  }

  // Whoever was asked to look again says why the value stays or changes.
  get wantsReason() {
    return this.view.sheet.asked.length > 0;
  }

  get wantsPin() {
    return this.asked.pin || (this.asked.instead && this.without.checked);
  }

  get wantsDrawing() {
    return this.asked.drawing && !this.without.checked;
  }

  // Why this cannot be signed yet, in words; empty when it can.
  get lacking() {
    if (this.wantsReason && !this.reason.value.trim()) return say("why-reason");
    if (this.wantsPin && !this.pin.facts) return say("why-card");
    if (this.wantsPin && !this.pin.possible) return say("why-insecure");
    if (this.wantsPin && this.locked) return say("why-locked");
    if (this.wantsDrawing && this.drawing.empty) return say("why-drawing");
    if (this.wantsDrawing && this.drawing.tooShort) return say("why-short");
    return this.wantsPin && this.field.value.length < DIGITS ? say("why-pin") : "";
  }

  async look() {
    if (this.pin.facts) this.locked = (await this.pin.left()) <= 0;
    this.changed();
  }

  update() {
    const show = (name, shown) => { this.box.querySelector(`[data-${name}]`).hidden = !shown; };
    show("pin", this.wantsPin && this.pin.facts && this.pin.possible && !this.locked);
    show("drawing", this.asked.drawing);
    show("reason", this.wantsReason);
    this.box.querySelector("[data-drawing-field]").classList.toggle("signature--off", !this.wantsDrawing);
    this.changed();
  }

  take(button) {
    if (!button) return;
    this.reason.value = button.textContent;
    this.changed();
  }

  redrawn() {
    this.without.checked = false;
    this.changed();
  }

  typed(value) {
    this.field.value = value.normalize("NFKC").replace(/\D/g, "").slice(0, DIGITS);
    this.say("");
    this.changed();
  }

  press(key) {
    if (!key) return;
    this.field.focus({ preventScroll: true });
    const { value } = this.field;
    this.typed({ clear: "", back: value.slice(0, -1) }[key] ?? value + key);
  }

  say(words) {
    this.told.textContent = words;
    this.told.hidden = !words;
    this.field.toggleAttribute("aria-invalid", Boolean(words));
  }

  // Returns what the store keeps of a signature, or null where it is none; a second tap meanwhile gets nothing.
  async make(sheet) {
    if (this.busy) return null;
    this.busy = true;
    try {
      const made = { hash: marksHash(sheet.marks), strokes: this.wantsDrawing ? this.drawing.strokes : [], proof: "", reason: this.reason.value.trim() };
      const device_time = new Date().toISOString();
      if (!this.wantsPin) return { made, device_time };
      const proof = await this.prove([DOMAIN, sheet.ref, made.hash, device_time].join("\n"));
      return proof ? { made: { ...made, proof }, device_time } : null;
    } finally {
      this.busy = false;
    }
  }

  async prove(message) {
    this.say("");
    const { left, proof } = await this.pin.prove(this.field.value, message);
    this.field.value = "";
    if (proof) return proof;
    this.locked = left <= 0;
    this.say(this.locked ? say("why-locked") : say("pin-wrong", { left }));
    this.update();
    if (!this.locked) this.field.focus();
    return null;
  }
}

export function fingerprint(sheet) {
  return shownHash(marksHash(sheet.marks));
}
