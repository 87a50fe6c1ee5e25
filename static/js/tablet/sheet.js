// One mark sheet on the screen. Each opening makes a new form out of the blank one, and every event takes its sheet
// from the form it happened in: a tap belongs to the entry that was shown, however fast the next one is opened.
import { Keypad } from "./keypad.js";
import { Place } from "./place.js";
import { isSigned, placeOf } from "./store.js";
import { format } from "./values.js";
import { say } from "./words.js";

export class SheetView {
  constructor(app, ref, only) {
    Object.assign(this, { app, ref, only });
    const { body, dock } = app.view("sheet-view");
    Object.assign(this, { body, dock });
    this.form = body.querySelector("form");
    this.form.dataset.ref = ref;
    const mine = new Set(this.sheet.aspects);
    this.asked = this.sheet.asked;
    for (const element of this.form.querySelectorAll("[data-aspect]")) {
      const place = placeOf([element.dataset.aspect, element.dataset.attempt]);
      const wanted = mine.has(element.dataset.aspect) && (!only || only === place) && (!this.asked.length || this.asked.includes(place));
      if (!wanted) element.closest(".aspect").remove();
    }
    tidy(this.form);
    this.places = [...this.form.querySelectorAll("[data-aspect]")].map((element) => new Place(element));
    this.keypad = new Keypad(document.getElementById("keypad"));
    this.listen();
    this.update();
  }

  get sheet() {
    return this.app.store.sheet(this.ref);
  }

  // It was asked about meanwhile, or not any more: other places are to be shown.
  get outdated() {
    return String(this.asked) !== String(this.sheet.asked);
  }

  get editable() {
    const { competing, state, conflict, signing } = this.sheet;
    return competing && ["draft", "returned"].includes(state) && !conflict && !signing && !this.app.blocked;
  }

  listen() {
    const { ref } = this.form.dataset;
    for (const place of this.places) {
      place.onfocus = () => {
        for (const other of this.places) other.mark(other === place);
        if (this.editable) this.keypad.moveTo(place);
      };
      place.onchange = (value) => this.app.save(ref, [[place.aspect, place.attempt, value]]);
      place.onnext = () => this.go(place);
      place.onback = () => this.places[this.places.indexOf(place) - 1]?.focus();
    }
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.dock.querySelector("[data-undo]").addEventListener("click", () => this.undo(ref));
  }

  go(place) {
    if (this.only) return this.app.nextFor(this.ref, this.only);
    const after = this.places.slice(this.places.indexOf(place) + 1);
    const target = after.find((other) => !other.value) ?? after[0];
    if (target) target.focus();
    else this.dock.querySelector("[data-review]").focus();
  }

  async undo(ref) {
    const back = await this.app.keep(() => this.app.store.undo(ref));
    if (!back) return;
    const place = this.places.find(({ name }) => name === placeOf(back));
    place?.show(back[2]);
    place?.focus();
    this.app.sender.flush();
  }

  // Shows what is kept; what is being typed stays as it is.
  update() {
    const { sheet, editable } = this;
    for (const place of this.places) {
      const value = sheet.marks.get(place.name) ?? "";
      const error = sheet.errors.get(place.name);
      const typing = !place.radio && place.element.contains(document.activeElement) && place.read() !== place.value;
      place.lock(!editable);
      if (typing || this.app.saving) continue;
      if (error) place.showRefused(error.value, error.text);
      else if (place.value !== value || (place.refused && place.sentBack)) place.show(value);
      place.sentBack = Boolean(error);
    }
    if (!editable) this.keypad.element.remove();
    this.notices(sheet);
    this.count(sheet);
  }

  notices(sheet) {
    const state = (!sheet.competing && "absent") || (sheet.conflict && "conflict") || (sheet.signing && "signing")
      || (sheet.state === "corrected" && "corrected") || (isSigned(sheet) && "locked") || (sheet.state === "returned" && (sheet.asked.length ? "asked" : "returned"));
    for (const notice of this.body.querySelectorAll("[data-notice]")) notice.hidden = notice.dataset.notice !== state;
    const link = this.body.querySelector("[data-to-conflict]");
    link.href = `#${encodeURIComponent(sheet.code)}/conflict`;
  }

  count(sheet) {
    const { app, dock } = this;
    const { done, all, points } = app.progress(sheet);
    dock.querySelector("[data-total]").textContent = say("count", { done, all });
    dock.querySelector("[data-points]").textContent = points === null ? "" : say("sum", { points: format(points, 2) });
    const undo = dock.querySelector("[data-undo]");
    undo.hidden = !this.editable;
    undo.disabled = app.store.history(this.ref).length === 0;
    const review = dock.querySelector("[data-review]");
    review.hidden = !sheet.competing || Boolean(sheet.conflict);
    review.href = `#${encodeURIComponent(sheet.code)}/review`;
    const works = app.store.events.find(({ id }) => id === app.event)?.works;
    const work = dock.querySelector("[data-work]");
    work.hidden = !works;
    if (works) work.href = `${works}${encodeURIComponent(sheet.code)}/`;
    const { before, after } = app.neighbours(this.ref);
    const suffix = this.only ? `/only/${encodeURIComponent(this.only)}` : "";
    for (const [name, other] of [["previous", before], ["next", after]]) {
      const link = dock.querySelector(`[data-${name}]`);
      link.hidden = !other;
      if (other) link.href = `#${encodeURIComponent(other.code)}${suffix}`;
    }
  }

  // After opening: the place that an address names, or the first one that is empty.
  begin(wanted) {
    const named = this.places.find(({ name }) => name === wanted);
    const first = named ?? this.places.find(({ value }) => !value);
    if (first && this.editable) first.focus(Boolean(named) || first !== this.places[0]);
    else document.getElementById("main").focus({ preventScroll: true });
  }

  // Before leaving: takes over what was just typed. What is refused keeps the judge here only on the way to sign.
  leave() {
    return this.places.map((place) => (this.editable ? place.commit() : true)).every(Boolean);
  }
}

// Takes away the headings of criteria and attempts below which nothing of this judge's is left.
function tidy(form) {
  let [inCriterion, inAttempt] = [false, false];
  for (const element of [...form.children].reverse()) {
    if (element.matches(".aspect")) inCriterion = inAttempt = true;
    else if (element.matches(".criterion")) {
      if (!inCriterion) element.remove();
      inCriterion = false;
    } else if (element.matches("[data-attempt-heading]")) {
      if (!inAttempt) element.remove();
      inCriterion = inAttempt = false;
    }
  }
}
