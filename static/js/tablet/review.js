// Everything on the sheet once more: what is blank first, then what a careful colleague would ask, then the signature.
import { renew } from "../renew.js";
import { isSigned, placeOf } from "./store.js";
import { shown } from "./times.js";
import { questions } from "./questions.js";
import { Signing, fingerprint } from "./signing.js";
import { format, points } from "./values.js";
import { say } from "./words.js";

export class ReviewView {
  constructor(app, ref) {
    Object.assign(this, { app, ref });
    const { body, dock } = app.view("review-view");
    Object.assign(this, { body, dock });
    this.rows = readPlaces(this.sheet.aspects);
    this.ask();
    this.button = dock.querySelector("[data-sign]");
    this.button.addEventListener("click", () => this.sign());
    this.box = body.querySelector("[data-signing]");
    this.box.addEventListener("submit", (event) => event.preventDefault());
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("[data-pin-field]") && !this.button.disabled) this.sign();
    });
    body.addEventListener("change", () => this.update());
    this.signing = new Signing(app, this.box, this, () => this.button && this.offer());
    this.signing.update();
    this.update();
  }

  get sheet() {
    return this.app.store.sheet(this.ref);
  }

  ask() {
    const place = this.body.querySelector("[data-questions]");
    const { blocked } = this.app;
    if (blocked || this.app.missing(this.sheet).length || !this.app.isOpen(this.sheet) || this.sheet.asked.length) return;
    for (const question of questions(this.app, this.sheet)) {
      const box = document.getElementById("question").content.firstElementChild.cloneNode(true);
      box.querySelector("[data-title]").textContent = say(`ask-${question}`);
      place.append(box);
    }
  }

  update() {
    const { app, sheet } = this;
    const back = `#${encodeURIComponent(sheet.code)}`;
    const missing = app.missing(sheet);
    this.paintMissing(missing, back);
    renew(this.body.querySelector("tbody"), this.rows.map((row) => this.row(row, sheet, back)));
    const { done, all, points: sum } = app.progress(sheet);
    this.dock.querySelector("[data-total]").textContent = say("count", { done, all });
    this.dock.querySelector("[data-points]").textContent = sum === null ? "" : say("sum", { points: format(sum, 2) });
    this.dock.querySelector("[data-back]").href = back;
    this.offer();
    this.body.querySelector("[data-fingerprint]").hidden = missing.length > 0;
    this.body.querySelector("[data-hash]").textContent = fingerprint(sheet);
    for (const notice of this.body.querySelectorAll("[data-notice]")) {
      notice.hidden = notice.dataset.notice !== (isSigned(sheet) ? "locked" : sheet.signing ? "signing" : "");
    }
  }

  // Offers the signature, or says what it still needs.
  offer() {
    const { app, sheet } = this;
    const open = app.isOpen(sheet) && !app.blocked;
    const first = this.whyNot(sheet, app.missing(sheet));
    const why = first || (open ? this.signing?.lacking ?? "" : "");
    this.box.hidden = !open || Boolean(first);
    this.button.disabled = Boolean(why) || app.blocked;
    this.button.hidden = !app.isOpen(sheet);
    this.dock.querySelector("[data-why]").textContent = why;
  }

  whyNot(sheet, missing) {
    if (!this.app.isOpen(sheet) || this.app.blocked) return "";
    if (missing.length) return say("why-missing");
    if (sheet.errors.size || sheet.conflict) return say("why-refused");
    const open = [...this.body.querySelectorAll("[data-questions] input")].some((input) => !input.checked);
    return open ? say("why-questions") : "";
  }

  paintMissing(missing, back) {
    const box = this.body.querySelector("[data-missing]");
    box.hidden = missing.length === 0;
    box.querySelector("[data-title]").textContent = say("missing", { count: missing.length });
    const links = missing.map((name) => {
      const row = this.rows.find((one) => one.name === name);
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${back}/at/${encodeURIComponent(name)}`;
      link.textContent = row ? this.titled(row) : name;
      item.append(link);
      return item;
    });
    renew(box.querySelector("ul"), links);
  }

  titled({ title, attempt, several }) {
    return several ? `${title} · ${say("attempt", { number: attempt })}` : title;
  }

  row(row, sheet, back) {
    const line = document.getElementById("review-row").content.firstElementChild.cloneNode(true);
    const value = sheet.marks.get(row.name) ?? "";
    const worth = points(row.rule, value);
    const [number, entered, worthCell] = line.querySelectorAll("td");
    number.textContent = row.number;
    const link = line.querySelector("a");
    link.textContent = this.titled(row);
    link.href = `${back}/at/${encodeURIComponent(row.name)}`;
    entered.textContent = value ? shown(row.rule, value) : say("blank");
    worthCell.textContent = worth === null ? "—" : format(worth, row.rule.places);
    return line;
  }

  async sign() {
    const { app, sheet } = this;
    this.button.disabled = true; // a double tap is one signature; the store makes sure of it
    const signed = await app.keep(async () => {
      const signature = await this.signing.make(sheet);
      return signature && app.store.sign(sheet, signature);
    });
    if (!signed) return this.update();
    app.sender.flush();
    const next = app.nextOpen(this.ref);
    app.tell(say("signed-told", { code: this.sheet.code }));
    location.hash = next ? encodeURIComponent(next.code) : "list";
  }
}

function readPlaces(mine) {
  const form = document.getElementById("sheet-view").content;
  const elements = [...form.querySelectorAll("[data-aspect]")].filter(({ dataset }) => mine.includes(dataset.aspect));
  const several = elements.some(({ dataset }) => dataset.attempt !== "1");
  return elements.map((element) => {
    const box = element.closest(".aspect");
    const { aspect, attempt, rule } = element.dataset;
    return {
      name: placeOf([aspect, attempt]), attempt, several, rule: JSON.parse(rule),
      title: box.querySelector(".aspect__title").textContent,
      number: box.querySelector(".aspect__number").textContent,
    };
  });
}
