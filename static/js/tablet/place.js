// One place for a value on the sheet: radio buttons, one number, or two numbers that make one value.
const FULL_WIDTH = { "．": ".", "。": ".", "，": ",", "－": "-", "／": "/" };

export function plain(text) {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。，－／]/g, (sign) => FULL_WIDTH[sign])
    .trim();
}

export class Place {
  constructor(element, words) {
    this.element = element;
    this.words = words;
    this.box = element.closest(".aspect");
    this.id = element.dataset.id;
    this.aspect = element.dataset.aspect;
    this.attempt = Number(element.dataset.attempt);
    this.value = element.dataset.value;
    this.splits = element.dataset.splits;
    this.inputs = [...element.querySelectorAll("input")];
    this.radio = this.inputs[0]?.type === "radio";
    element.addEventListener("focusin", () => this.onfocus?.());
    if (this.radio) element.addEventListener("change", () => this.take(this.read(), true));
    else this.listen();
  }

  get filled() {
    return Boolean(this.value) && !this.refused;
  }

  get key() {
    return [this.aspect, this.attempt];
  }

  is(aspect, attempt) {
    return this.aspect === aspect && this.attempt === attempt;
  }

  listen() {
    for (const input of this.inputs) {
      input.addEventListener("input", () => {
        const text = plain(input.value);
        if (text !== input.value) input.value = text;
      });
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== "ArrowDown") return;
        event.preventDefault();
        this.next();
      });
    }
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(event.relatedTarget) && !this.box.contains(event.relatedTarget)) this.commit();
    });
  }

  next() {
    const index = this.inputs.indexOf(document.activeElement);
    if (index >= 0 && index + 1 < this.inputs.length) return this.inputs[index + 1].focus();
    this.commit();
    this.ondone?.();
  }

  commit() {
    if (!this.radio && (!this.refused || this.read() !== this.value)) this.take(this.read(), false);
  }

  take(value, byTap) {
    if (value === this.value && !this.refused) return;
    const before = this.value;
    this.value = value;
    this.box.classList.toggle("aspect--done", Boolean(value) && !this.box.classList.contains("aspect--now"));
    this.onchange?.(value, before, byTap);
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
    if (this.radio) {
      for (const input of this.inputs) input.checked = input.value === value;
    } else if (this.splits === "time" && value) {
      const [whole, fraction] = value.split(".");
      this.inputs[0].value = String(Math.floor(Number(whole) / 60));
      this.inputs[1].value = String(Number(whole) % 60) + (fraction ? `.${fraction}` : "");
    } else {
      const parts = value.split("/");
      this.inputs.forEach((input, index) => { input.value = parts[index] ?? ""; });
    }
    if (!value) this.showPoints("");
  }

  focus(scroll = true) {
    const target = this.radio ? this.inputs.find((input) => input.checked) ?? this.inputs[0] : this.inputs[0];
    target.focus({ preventScroll: true });
    if (scroll) this.box.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  mark(now) {
    this.box.classList.toggle("aspect--now", now);
    this.box.classList.toggle("aspect--done", !now && this.filled);
  }

  showPoints(points) {
    const shown = points && this.value ? this.words.points.replace("{points}", points) : "";
    this.element.querySelector("[data-hint]").textContent = shown;
  }

  showError(text) {
    const error = this.element.querySelector("[data-error]");
    error.textContent = text;
    error.hidden = false;
    this.box.classList.add("aspect--error");
    for (const input of this.inputs) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", error.id);
    }
    this.refused = true; // it is not on the server: the same value entered again is sent again
    this.showPoints("");
  }

  clearError() {
    this.refused = false;
    this.element.querySelector("[data-error]").hidden = true;
    this.box.classList.remove("aspect--error");
    for (const input of this.inputs) input.removeAttribute("aria-invalid");
  }
}

function seconds(minutes, rest) {
  // Whole numbers are added exactly; the decimals of the seconds stay as they were typed. What is no time, or has
  // 60 seconds and more, is sent as it was typed, and the server says what is wrong with it.
  if (!/^\d{1,6}$/.test(minutes) || !/^[0-5]?\d(\.\d+)?$/.test(rest)) return `${minutes}:${rest}`;
  const [whole, fraction] = rest.split(".");
  return String(Number(minutes) * 60 + Number(whole)) + (fraction ? `.${fraction}` : "");
}
