// What is not on the server yet, where, since when and why; what the server has refused waits here to be read.
import { download, late, make, possible } from "./backup.js";
import { renew } from "../renew.js";
import { clock, say } from "./words.js";

export class UploadsView {
  constructor(app) {
    this.app = app;
    const { body, dock } = app.view("uploads-view");
    Object.assign(this, { body, dock });
    this.list = body.querySelector("[data-rows]");
    dock.querySelector("[data-now]").addEventListener("click", () => app.sender.hurry());
    this.backup = body.querySelector("[data-backup]");
    this.backup.addEventListener("click", () => this.keep());
    this.list.addEventListener("click", (event) => {
      const seq = event.target.closest("[data-acknowledge]")?.dataset.acknowledge;
      if (seq) app.keep(() => app.store.acknowledge(Number(seq)));
    });
    this.update();
  }

  update() {
    const { sender, store } = this.app;
    renew(this.list, store.ops.map((op) => this.row(op)));
    this.body.querySelector("[data-none]").hidden = store.ops.length > 0;
    const waits = store.ops.some((op) => !op.refused);
    const closes = possible() && store.bundle?.content.backup;
    this.body.querySelector("[data-backups]").hidden = !waits;
    this.backup.hidden = !closes;
    this.body.querySelector("[data-no-backup]").hidden = Boolean(closes);
    const minutes = late(store);
    this.body.querySelector("[data-late]").textContent = minutes ? say("late", { minutes }) : "";
    const { state } = sender.status();
    this.body.querySelector("[data-last]").textContent = sender.last ? say("last", { time: clock(sender.last) }) : say("last-never");
    this.body.querySelector("[data-retry]").textContent = sender.next ? say("retry", { time: clock(sender.next) }) : "";
    this.body.querySelector("[data-login]").hidden = state !== "login" && sender.state !== "login";
    this.dock.querySelector("[data-total]").textContent = store.ops.length ? say("unsent", { count: store.ops.length }) : say("nothing-unsent");
  }

  // A second press makes the same records again, in a new file: at the desk they count once.
  async keep() {
    const made = await this.app.keep(() => make(this.app.store));
    if (!made) return;
    download(made);
    const told = this.body.querySelector("[data-backup-told]");
    told.textContent = say("backup-made", { name: made.name, count: made.count, digits: made.digits });
    this.update();
  }

  row(op) {
    const row = document.getElementById("upload-row").content.firstElementChild.cloneNode(true);
    const sheet = this.app.store.sheet(op.sheet);
    const link = row.querySelector("a");
    const stage = sheet && this.app.store.stage(sheet.event, sheet.stage);
    link.textContent = sheet?.code ?? "—";
    link.href = sheet ? `${stage?.url ?? ""}#${encodeURIComponent(sheet.code)}${sheet.conflict ? "/conflict" : ""}` : "#list";
    row.querySelector("[data-what]").textContent = op.kind === "sign" ? say("a-signature") : values(op, stage);
    row.querySelector("[data-when]").textContent = op.content.device_time ? clock(op.content.device_time) : "";
    row.querySelector("[data-why]").textContent = why(op, sheet);
    const button = row.querySelector("button");
    button.hidden = !op.refused || op.refused === "value";
    button.dataset.acknowledge = op.seq;
    return row;
  }
}

function values(op, stage) {
  const shown = ([name, , value]) => say("a-value", { title: stage?.titles?.[name] ?? name, value: value || say("blank") });
  return op.content.marks.map(shown).join(" · ");
}

function why(op, sheet) {
  if (op.refused === "value") return op.content.text;
  if (op.refused) return say(`refused-${op.refused}`);
  if (sheet?.conflict) return say("why-conflict");
  return op.sent ? say("why-unanswered") : say("why-waiting");
}
