// The app of one stage: opens the store, shows what the address names, and lets nothing be lost on the way.
import { start } from "./start.js";
import { cut } from "./outbox.js";
import { ConflictView } from "./conflict.js";
import { ListView } from "./list.js";
import { ReviewView } from "./review.js";
import { SheetView } from "./sheet.js";
import { isSigned } from "./store.js";
import { UploadsView } from "./uploads.js";
import { points } from "./values.js";
import { say } from "./words.js";

const page = document.getElementById("app");
const main = document.getElementById("view");
const code = document.getElementById("code");
const note = document.getElementById("note");

class App {
  constructor(core) {
    Object.assign(this, core, { event: Number(page.dataset.event), code: page.dataset.stage, saving: 0, kept: null, shown: null });
    this.rules = readRules();
    this.home = code.textContent;
  }

  get stage() {
    return this.store.stage(this.event, this.code) ?? { aspects: [], required: [], title: this.home };
  }

  get blocked() {
    const { withdrawn } = this.sender;
    return this.broken || this.outdated || Boolean(withdrawn && withdrawn !== "card_revoked");
  }

  sheets() {
    return this.store.sheets(this.event, this.code);
  }

  byCode(wanted) {
    return this.sheets().find((sheet) => sheet.code === wanted);
  }

  view(name) {
    const parts = document.getElementById(name).content.cloneNode(true);
    return { body: parts.querySelector("[data-body]"), dock: parts.querySelector(".dock") };
  }

  // Saves before anything else is shown for saved. What cannot be saved blocks the page and says so.
  async save(ref, marks) {
    this.tell("");
    await this.keep(() => this.store.edit(ref, marks));
    this.sender.flush();
  }

  keep(work) {
    const done = this.watched(work);
    this.kept = Promise.all([this.kept, done]);
    return done;
  }

  async watched(work) {
    this.saving += 1;
    try {
      return await work();
    } catch (fault) {
      this.breakDown(fault);
      return null;
    } finally {
      this.saving -= 1;
      this.update();
    }
  }

  progress(sheet) {
    const attempt = [...sheet.marks.keys()].map((place) => cut(place)[1]).reduce((one, other) => Math.max(one, other), 1);
    const mine = sheet.aspects;
    const worth = mine.map((aspect) => points(this.rules.get(aspect) ?? { kind: "time", limit: null }, sheet.marks.get(`${aspect}/${attempt}`) ?? ""));
    const known = worth.filter((number) => number !== null);
    const done = mine.filter((aspect) => sheet.marks.has(`${aspect}/${attempt}`)).length;
    return { done, all: mine.length, points: known.length ? known.reduce((sum, number) => sum + number, 0n) : null };
  }

  // What a sheet still needs before it can be signed: the first attempt whole, each further one empty or whole.
  missing(sheet) {
    const begun = new Set([1, ...[...sheet.marks.keys()].map((place) => cut(place)[1])]);
    const places = [...begun].sort().flatMap((attempt) => this.stage.required.filter((aspect) => sheet.aspects.includes(aspect)).map((aspect) => `${aspect}/${attempt}`));
    return places.filter((place) => !sheet.marks.has(place));
  }

  isOpen(sheet) {
    return sheet.competing && !isSigned(sheet) && !sheet.signing;
  }

  neighbours(ref) {
    const sheets = this.sheets();
    const here = sheets.findIndex((sheet) => sheet.ref === ref);
    return { before: sheets[here - 1], after: sheets[here + 1] };
  }

  nextOpen(ref) {
    const sheets = this.sheets();
    const here = sheets.findIndex((sheet) => sheet.ref === ref);
    const others = [...sheets.slice(here + 1), ...sheets.slice(0, Math.max(here, 0))];
    return others.find((sheet) => this.isOpen(sheet)) ?? null;
  }

  // Aspect by aspect: on to the next entry that has no value at this place yet.
  nextFor(ref, place) {
    const sheets = this.sheets();
    const here = sheets.findIndex((sheet) => sheet.ref === ref);
    const [aspect] = cut(place);
    const wants = (sheet) => this.isOpen(sheet) && sheet.aspects.includes(aspect) && !sheet.marks.has(place);
    const next = sheets.slice(here + 1).find(wants);
    location.hash = next ? `${encodeURIComponent(next.code)}/only/${encodeURIComponent(place)}` : "list";
  }

  route() {
    const [first, second, third] = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (this.shown instanceof SheetView && !this.shown.leave() && second === "review") return this.stay();
    if (first === "uploads") return this.show(new UploadsView(this), say("uploads"));
    const sheet = this.byCode(first);
    if (!sheet) return this.show(new ListView(this, first), this.home);
    const views = { review: ReviewView, conflict: ConflictView };
    if (views[second]) return this.show(new views[second](this, sheet.ref), sheet.code, sheet);
    const view = new SheetView(this, sheet.ref, second === "only" ? third : null);
    this.show(view, sheet.code, sheet);
    view.begin(second === "at" ? third : null);
  }

  // A value that is refused is not left behind on the way to sign: it stays visible with its reason.
  stay() {
    history.replaceState(null, "", `#${encodeURIComponent(this.shown.sheet.code)}`);
    this.shown.places.find(({ refused }) => refused)?.focus();
  }

  show(view, title, sheet) {
    this.shown = view;
    main.replaceChildren(view.body);
    document.getElementById("dock").replaceChildren(...(view.dock ? [view.dock] : []));
    code.textContent = title;
    note.textContent = sheet ? this.describe(sheet) : "";
    document.title = `${title} · ${page.dataset.title}`;
    page.dataset.view = view.constructor.name;
    if (!sheet || !(view instanceof SheetView)) {
      scrollTo(0, 0);
      document.getElementById("main").focus({ preventScroll: true });
    }
  }

  describe({ station }) {
    const judge = this.store.events.find(({ id }) => id === this.event)?.judge;
    const parts = [judge && say("judge", { judge }), station && say("station", { station })];
    return parts.filter(Boolean).join(" · ");
  }

  // What has just been done, once: it goes with the next thing that is entered.
  tell(text) {
    const told = document.getElementById("told");
    told.textContent = text;
    told.hidden = !text;
  }

  update() {
    if (this.shown?.wanted && this.byCode(this.shown.wanted)) return this.route(); // its sheet has just come
    if (this.saving) return;
    if (this.shown?.outdated) return this.route();
    this.shown?.update?.();
  }
}

function readRules() {
  const places = document.getElementById("sheet-view").content.querySelectorAll("[data-aspect]");
  return new Map([...places].map(({ dataset }) => [dataset.aspect, JSON.parse(dataset.rule)]));
}

// A page is left only after what was just entered is saved; what was typed is taken over first.
function guard(app) {
  addEventListener("beforeunload", (event) => app.saving > 0 && event.preventDefault());
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.pathname === location.pathname) return;
    if (app.shown instanceof SheetView) app.shown.leave();
    if (!app.saving) return;
    event.preventDefault();
    await app.kept;
    if (!app.broken) location.assign(link.href);
  });
}

start((core) => {
  const app = new App(core);
  addEventListener("hashchange", () => app.route());
  // What was typed is taken over when the page goes to the background or is left.
  document.addEventListener("visibilitychange", () => document.hidden && app.shown instanceof SheetView && app.shown.leave());
  guard(app);
  app.route();
  return app;
});
