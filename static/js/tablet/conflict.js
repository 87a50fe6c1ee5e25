// The same sheet was changed elsewhere: both values stand side by side, and the judge chooses, place by place.
// Nothing is merged silently; what was changed here has no choice made for it.
import { cut, resolve } from "./outbox.js";
import { shown } from "./times.js";
import { isSigned, placeOf } from "./store.js";
import { clock, say } from "./words.js";

export class ConflictView {
  constructor(app, ref) {
    Object.assign(this, { app, ref });
    const { body, dock } = app.view("conflict-view");
    Object.assign(this, { body, dock });
    this.list = body.querySelector("[data-rows]");
    body.querySelector("[data-all=mine]").addEventListener("click", () => this.chooseAll("mine"));
    body.querySelector("[data-all=theirs]").addEventListener("click", () => this.chooseAll("theirs"));
    body.addEventListener("change", () => this.check());
    this.button = dock.querySelector("[data-resolve]");
    this.button.addEventListener("click", () => this.resolve());
    dock.querySelector("[data-back]").href = `#${encodeURIComponent(this.sheet.code)}`;
    this.paint();
  }

  get sheet() {
    return this.app.store.sheet(this.ref);
  }

  // A third change meanwhile is another conflict: it is shown anew.
  update() {
    const { conflict } = this.sheet;
    if (!conflict && !this.leaving) return this.leave();
    if (conflict && conflict.version !== this.version) this.paint();
  }

  paint() {
    const { sheet } = this;
    const { conflict } = sheet;
    if (!conflict) return this.leave();
    this.version = conflict.version;
    this.locked = isSigned(conflict);
    const theirs = new Map(conflict.marks.map((row) => [placeOf(row), row[2]]));
    const touched = new Set(sheet.ops.filter((op) => !op.refused).flatMap((op) => op.content.marks.map(placeOf)));
    const names = [...new Set([...sheet.marks.keys(), ...theirs.keys(), ...touched])].sort();
    const rows = names.filter((name) => (sheet.marks.get(name) ?? "") !== (theirs.get(name) ?? "") || touched.has(name));
    this.places = rows;
    this.list.replaceChildren(...rows.map((name, index) => this.row(name, index, sheet.marks.get(name) ?? "", theirs.get(name) ?? "", touched.has(name))));
    const who = conflict.by === "chief" ? "by-chief" : "by-device";
    this.body.querySelector("[data-who]").textContent = conflict.at ? say(who, { time: clock(conflict.at) }) : "";
    this.body.querySelector("[data-locked]").hidden = !this.locked;
    for (const button of this.body.querySelectorAll("[data-all]")) button.hidden = this.locked;
    this.check();
  }

  row(name, index, mine, theirs, touched) {
    const box = document.getElementById("conflict-row").content.firstElementChild.cloneNode(true);
    const [aspect, attempt] = cut(name);
    const rule = this.app.rules.get(aspect) ?? { kind: "score" };
    const words = { value: (value) => (value ? shown(rule, value) : say("blank")) };
    box.querySelector("legend").textContent = this.titled(aspect, attempt);
    box.querySelector("[data-same]").textContent = mine === theirs ? say("same") : say("different");
    for (const [side, value] of [["mine", mine], ["theirs", theirs]]) {
      const option = box.querySelector(`[data-${side}]`);
      const input = option.querySelector("input");
      Object.assign(input, { name: `choice-${index}`, value: side, disabled: this.locked });
      input.dataset.place = name;
      input.dataset.value = value;
      option.querySelector(".levels__value").textContent = words.value(value);
    }
    const chosen = this.locked || !touched || mine === theirs ? "theirs" : null;
    if (chosen) box.querySelector(`[data-${chosen}] input`).checked = true;
    return box;
  }

  titled(aspect, attempt) {
    const element = document.getElementById("sheet-view").content.querySelector(`[data-aspect="${CSS.escape(aspect)}"]`);
    const title = element?.closest(".aspect").querySelector(".aspect__title").textContent ?? aspect;
    return attempt > 1 ? `${title} · ${say("attempt", { number: attempt })}` : title;
  }

  chooseAll(side) {
    for (const input of this.list.querySelectorAll(`input[value=${side}]`)) input.checked = true;
    this.check();
  }

  check() {
    const open = this.places.length - this.list.querySelectorAll("input:checked").length;
    this.button.disabled = open > 0;
    this.dock.querySelector("[data-total]").textContent = open ? say("choose", { count: open }) : say("chosen");
  }

  async resolve() {
    const choices = new Map();
    for (const { dataset, value } of this.list.querySelectorAll("input:checked")) {
      if (value === "mine" && !this.locked) choices.set(dataset.place, dataset.value);
    }
    this.leaving = true;
    await this.app.keep(() => resolve(this.app.store, this.ref, choices));
    this.app.sender.flush();
    this.leave();
  }

  leave() {
    this.leaving = true;
    location.hash = encodeURIComponent(this.sheet.code);
  }
}
