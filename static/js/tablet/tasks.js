// What the judge has to mark, event by event and stage by stage, as this device knows it.
import { CheckView, wasChecked } from "./check.js";
import { leave } from "./leave.js";
import { renew } from "../renew.js";
import { start } from "./start.js";
import { isSigned } from "./store.js";
import { UploadsView } from "./uploads.js";
import { say } from "./words.js";

const VIEWS = { "#uploads": [UploadsView, "uploads"], "#unsent": [UploadsView, "uploads"], "#check": [CheckView, "check-title"] };
const main = document.getElementById("view");
const title = document.getElementById("code");

class Tasks {
  constructor(core) {
    Object.assign(this, core);
    this.home = title.textContent;
  }

  view(name) {
    const parts = document.getElementById(name).content.cloneNode(true);
    return { body: parts.querySelector("[data-body]"), dock: parts.querySelector(".dock") };
  }

  async keep(work) {
    try {
      return await work();
    } catch (fault) {
      return this.breakDown(fault);
    }
  }

  route() {
    const [View, name] = VIEWS[location.hash] ?? [];
    this.shown = View ? new View(this) : null;
    document.getElementById("dock").replaceChildren(...(View ? [this.shown.dock] : []));
    title.textContent = View ? say(name) : this.home;
    if (View) main.replaceChildren(this.shown.body);
    document.getElementById("band-unsent").hidden = location.hash !== "#unsent";
    this.offerCheck();
    this.update();
  }

  // The first time on a device.
  async offerCheck() {
    document.getElementById("band-check").hidden = location.hash === "#check" || (await this.keep(wasChecked)) !== false;
  }

  update() {
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = this.sender.token ?? "";
    if (this.shown) return this.shown.update();
    const { events, bundle } = this.store;
    document.getElementById("account").hidden = bundle?.content.card ?? false; // a card opens no account
    const cards = events.map((event) => this.card(event));
    const none = document.getElementById("no-task").content.firstElementChild;
    renew(main, cards.length || !bundle ? cards : [none.cloneNode(true)]);
  }

  card(event) {
    const card = document.getElementById("event-card").content.firstElementChild.cloneNode(true);
    card.querySelector("h2").textContent = event.title;
    card.querySelector("[data-competition]").textContent = event.competition;
    const state = event.state === "scoring" ? (event.stages.length ? "" : "task-none") : event.state === "tabulated" ? "task-closed" : "task-early";
    card.querySelector("[data-told]").textContent = state ? say(state) : "";
    card.querySelector("[data-told]").hidden = !state;
    const until = card.querySelector("[data-until]");
    until.hidden = !event.until || event.state !== "scoring";
    until.textContent = say("task-until", { time: event.until });
    const confirm = card.querySelector("[data-to-confirm]");
    confirm.hidden = !event.confirm;
    if (event.confirm) confirm.href = event.confirm;
    card.querySelector("ul").replaceChildren(...event.stages.map((stage) => this.stage(event, stage)));
    return card;
  }

  stage(event, stage) {
    const row = document.getElementById("stage-row").content.firstElementChild.cloneNode(true);
    const sheets = this.store.sheets(event.id, stage.code);
    const wanted = sheets.filter(({ competing }) => competing);
    const signed = wanted.filter(isSigned).length;
    const link = row.querySelector("a");
    link.href = stage.url;
    link.classList.toggle("codes__link--now", signed < wanted.length);
    row.querySelector(".codes__code").textContent = stage.title;
    row.querySelector("[data-count]").textContent = say("signed-count", { signed, all: wanted.length });
    const bar = row.querySelector("progress");
    Object.assign(bar, { max: wanted.length || 1, value: signed });
    const returned = sheets.filter(({ state }) => state === "returned").length;
    const chip = row.querySelector(".chip");
    chip.hidden = !returned;
    chip.textContent = say("returned-count", { count: returned });
    return row;
  }
}

start((core) => {
  const tasks = new Tasks(core);
  addEventListener("hashchange", () => tasks.route());
  document.getElementById("sign-out").addEventListener("submit", async (event) => {
    event.preventDefault();
    const left = await leave(tasks.store.judge, event.target);
    if (left === "unsent") location.hash = "unsent";
    else if (left === "offline") document.getElementById("band-online").hidden = false;
  });
  for (const button of document.querySelectorAll(".identity button")) button.disabled = false;
  tasks.route();
  return tasks;
});
