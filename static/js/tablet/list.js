// The entries of a stage by blind code: how each stands, which is next, and a way to any of them.
import { renew } from "../renew.js";
import { isSigned } from "./store.js";
import { say } from "./words.js";

const KINDS = { signed: "ok", signing: "warn", absent: "off", conflict: "bad", sentback: "bad", held: "warn", returned: "warn", asked: "warn", tosign: "", progress: "", waiting: "off" };

export class ListView {
  constructor(app, wanted) {
    this.app = app;
    this.wanted = wanted && wanted !== "list" ? wanted : null;
    const { body, dock } = app.view("list-view");
    Object.assign(this, { body, dock });
    this.codes = body.querySelector("[data-codes]");
    this.filter = body.querySelector("[name=open]");
    this.search = body.querySelector("[name=code]");
    this.told = body.querySelector("[data-told]");
    this.mode = body.querySelector("[name=mode]");
    this.filter.addEventListener("change", () => this.update());
    this.mode.addEventListener("change", () => this.update());
    body.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.find(this.search.value.trim().toUpperCase());
    });
    this.update();
    if (this.wanted) this.unknown(this.wanted);
  }

  offerAspects() {
    for (const option of this.mode.options) {
      option.hidden = option.disabled = Boolean(option.value) && !this.app.stage.aspects.includes(option.value.split("/")[0]);
    }
  }

  update() {
    this.offerAspects();
    const sheets = this.app.sheets();
    const shown = this.filter.checked ? sheets.filter((sheet) => this.app.isOpen(sheet)) : sheets;
    const next = this.app.nextOpen(null);
    renew(this.codes, shown.map((sheet) => this.row(sheet, next)));
    this.body.querySelector("[data-none]").hidden = sheets.length > 0;
    const wanted = sheets.filter(({ competing }) => competing);
    const signed = wanted.filter(isSigned).length;
    this.dock.querySelector("[data-total]").textContent = say("signed-count", { signed, all: wanted.length });
    const link = this.dock.querySelector("[data-next]");
    link.textContent = next ? say("next", { code: next.code }) : say("all-signed");
    link.href = next ? this.address(next) : "/marking/";
  }

  address(sheet) {
    const only = this.mode.value ? `/only/${encodeURIComponent(this.mode.value)}` : "";
    return `#${encodeURIComponent(sheet.code)}${only}`;
  }

  row(sheet, next) {
    const row = document.getElementById("code-row").content.firstElementChild.cloneNode(true);
    const link = row.querySelector("a");
    link.href = sheet.conflict ? `#${encodeURIComponent(sheet.code)}/conflict` : this.address(sheet);
    link.classList.toggle("codes__link--now", sheet.ref === next?.ref);
    row.querySelector(".codes__code").textContent = sheet.code;
    const state = stateOf(this.app, sheet);
    const chip = row.querySelector(".chip");
    chip.className = `chip${KINDS[state] ? ` chip--${KINDS[state]}` : ""}`;
    chip.textContent = say(`state-${state}`, this.app.progress(sheet));
    row.querySelector("[data-station]").textContent = sheet.station ? say("station", { station: sheet.station }) : "";
    return row;
  }

  find(code) {
    if (!code) return;
    if (this.app.byCode(code)) location.hash = encodeURIComponent(code);
    else this.unknown(code);
  }

  unknown(code) {
    const near = this.app.sheets().map((sheet) => sheet.code).find((other) => alike(code, other));
    this.told.textContent = near ? say("near", { code, near }) : say("no-code", { code });
    this.told.hidden = this.app.sheets().length === 0;
  }
}

export function stateOf(app, sheet) {
  if (!sheet.competing) return "absent";
  if (sheet.conflict) return "conflict";
  if (sheet.ops.some(({ refused }) => refused === "held")) return "held";
  if (sheet.errors.size || sheet.ops.some(({ refused }) => refused)) return "sentback";
  if (isSigned(sheet)) return "signed";
  if (sheet.signing) return "signing";
  if (sheet.state === "returned") return sheet.asked.length ? "asked" : "returned";
  if (!sheet.marks.size) return "waiting";
  return app.missing(sheet).length ? "progress" : "tosign";
}

// The same characters in another order, or one of them different: a slip of the finger.
function alike(one, other) {
  if (one.length !== other.length) return false;
  if ([...one].sort().join("") === [...other].sort().join("")) return true;
  return [...one].filter((letter, index) => letter !== other[index]).length === 1;
}
