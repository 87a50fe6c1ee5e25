// One place for a value on the sheet: radio buttons, one number, or two numbers that make one value.
import { minutes, seconds, shown } from "./times.js";
import { check, format, plain, points } from "./values.js";
import { explain, say } from "./words.js";

export class Place {
  constructor(element) {
    this.element = element;
    this.box = element.closest(".aspect");
    const { aspect, attempt, id, splits, rule } = element.dataset;
    Object.assign(this, { aspect, attempt: Number(attempt), id, splits, rule: JSON.parse(rule), value: "", refused: false });
    this.title = this.box.querySelector(".aspect__title").textContent;
    this.inputs = [...element.querySelectorAll("input")];
    this.radio = this.inputs[0]?.type === "radio";
    element.addEventListener("focusin", () => this.onfocus?.());
    if (this.radio) this.listenToLevels();
    else this.listenToNumbers();
  }

  get name() {
    return `${this.aspect}/${this.attempt}`;
  }

  get points() {
    return points(this.rule, this.value);
  }

  listenToLevels() {
    // An arrow moves the choice and a tap makes it: only the tap goes on to the next place.
    let arrow = false;
    this.element.addEventListener("keydown", (event) => {
      arrow = event.key === "ArrowLeft" || event.key === "ArrowRight";
      const chosen = /^[0-9]$/.test(event.key) && this.inputs.find((input) => input.value === event.key && !input.disabled);
      if (chosen) {
        event.preventDefault();
        chosen.checked = true;
        chosen.focus({ preventScroll: true });
        this.take(chosen.value, true);
      } else this.move(event);
    });
    this.element.addEventListener("change", () => {
      this.take(this.read(), !arrow);
      arrow = false;
    });
  }

  listenToNumbers() {
    for (const input of this.inputs) {
      input.addEventListener("input", () => {
        const text = plain(input.value);
        if (text !== input.value) input.value = text;
      });
      input.addEventListener("keydown", (event) => this.move(event));
    }
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(event.relatedTarget) && !this.box.contains(event.relatedTarget)) this.commit();
    });
  }

  move(event) {
    if (event.key === "Enter" || event.key === "ArrowDown") this.next();
    else if (event.key === "ArrowUp") this.back();
    else return;
    event.preventDefault();
  }

  next() {
    const index = this.radio ? -1 : this.inputs.indexOf(document.activeElement);
    if (index >= 0 && index + 1 < this.inputs.length) return this.inputs[index + 1].focus();
    if (this.commit()) this.onnext?.();
  }

  back() {
    if (this.commit()) this.onback?.();
  }

  // Takes over what stands in the fields; false where it is refused, and then nothing is saved.
  commit() {
    if (this.radio || this.inputs[0].readOnly) return true;
    const value = this.read();
    if (value === this.value && !this.refused) return true;
    return this.take(value, false);
  }

  take(value, advance) {
    const finding = value === "" ? null : check(this.rule, value);
    if (finding) {
      this.showError(explain({ ...finding, params: { aspect: this.title, ...finding.params } }));
      return false;
    }
    if (value === this.value && !this.refused) {
      if (advance) this.onnext?.();
      return true;
    }
    this.value = value;
    this.clearError();
    this.paint();
    this.onchange?.(value);
    if (advance) this.onnext?.();
    return true;
  }

  read() {
    if (this.radio) return this.inputs.find((input) => input.checked)?.value ?? "";
    const [first, second] = this.inputs.map((input) => plain(input.value));
    if (!first && !second) return "";
    if (this.splits === "time") return seconds(first || "0", second || "0");
    if (this.splits) return second ? `${first || "0"}/${second}` : first;
    return first;
  }

  show(value) {
    this.value = value;
    this.clearError();
    this.fill(value);
    this.paint();
  }

  fill(value) {
    if (this.radio) {
      for (const input of this.inputs) input.checked = input.value === value;
      return;
    }
    const parts = this.splits === "time" && value && !value.includes(":") ? minutes(value) : value.split(/[/:]/);
    this.inputs.forEach((input, index) => { input.value = parts[index] ?? ""; });
  }

  // A value that was refused stays visible with the reason, though it is not saved.
  showRefused(value, text) {
    this.fill(value);
    this.showError(text);
  }

  lock(locked) {
    for (const input of this.inputs) {
      if (this.radio) input.disabled = locked;
      else input.readOnly = locked;
    }
  }

  focus(scroll = true) {
    const target = this.radio ? this.inputs.find((input) => input.checked) ?? this.inputs[0] : this.inputs[0];
    target.focus({ preventScroll: true });
    if (scroll) this.box.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  mark(now) {
    this.now = now;
    this.paint();
  }

  paint() {
    const worth = this.value ? this.points : null;
    this.box.classList.toggle("aspect--now", Boolean(this.now));
    this.box.classList.toggle("aspect--done", !this.now && Boolean(this.value) && !this.refused);
    const text = worth === null ? "" : say("points", { points: format(worth, this.rule.places) });
    this.element.querySelector("[data-hint]").textContent = text;
  }

  showError(text) {
    const error = this.element.querySelector("[data-error]");
    error.textContent = text;
    error.hidden = false;
    this.refused = true;
    this.box.classList.add("aspect--error");
    for (const input of this.inputs) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", error.id);
    }
    this.element.querySelector("[data-hint]").textContent = this.value ? say("still", { value: shown(this.rule, this.value) }) : "";
  }

  clearError() {
    this.refused = false;
    this.element.querySelector("[data-error]").hidden = true;
    this.box.classList.remove("aspect--error");
    for (const input of this.inputs) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }
}
