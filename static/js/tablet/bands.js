// What the judge has to know beside the sheet: a call for the chief judge and its answer, what the judge is asked,
// a device that was taken out of service. Calm bands, one line each.
import { count } from "./outbox.js";
import { clearDevice } from "./others.js";
import { clock, say } from "./words.js";

const find = (id) => document.getElementById(id);

export class Bands {
  constructor(core) {
    this.core = core;
    find("call-back").addEventListener("click", () => this.contact.call && this.act(() => this.contact.takeBack(this.contact.call)));
    find("nudge-seen").addEventListener("click", () => this.seen());
    find("hand-in").addEventListener("click", () => core.sender.handIn());
    find("clear-device").addEventListener("click", () => this.clear());
    this.listenToCalls();
  }

  get contact() {
    return this.core.sender.contact;
  }

  // What the page is about when a call is made: its event, and the sheet that is open.
  listenToCalls() {
    const dialog = find("call-dialog");
    find("call")?.addEventListener("click", () => {
      const { shown } = this.app;
      find("call-entry").hidden = !shown?.ref;
      find("call-entry").querySelector(".code").textContent = find("code").textContent;
      dialog.showModal();
    });
    dialog?.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      dialog.close();
      const { event } = find("app").dataset;
      if (button.value) this.act(() => this.contact.make(Number(event), this.app.shown?.ref, button.value));
    });
  }

  async act(work) {
    try {
      await work();
    } catch (fault) {
      return this.core.breakDown(fault);
    }
    this.paint(this.app);
    return this.core.sender.flush(true);
  }

  seen() {
    const [nudge, ...rest] = this.contact.nudges;
    if (!nudge) return;
    this.contact.nudges = rest;
    this.act(() => this.contact.see(nudge));
  }

  async clear() {
    if (await clearDevice(this.core.store.judge)) location.assign("/accounts/sign-in");
  }

  paint(app) {
    this.app = app;
    const { call, nudges } = this.contact;
    find("band-call").hidden = !call;
    if (call) find("call-told").textContent = say(call.taken_back ? "call-back" : `call-${call.state}`, { time: clock(call.at), why: this.why(call) });
    const nudge = nudges.find(({ event }) => !find("app").dataset.event || event === Number(find("app").dataset.event)) ?? nudges[0];
    find("band-nudge").hidden = !nudge;
    if (nudge) find("nudge-told").textContent = say(`nudge-${nudge.message}`, { time: clock(nudge.at) });
    this.paintWithdrawn();
  }

  why({ sheet, reason }) {
    const code = sheet && this.core.store.records.has(sheet) ? `${this.core.store.sheet(sheet).code} ` : "";
    return code + say(`call-why-${reason}`);
  }

  paintWithdrawn() {
    const { store, sender } = this.core;
    const { withdrawn } = sender;
    find("band-withdrawn").hidden = !withdrawn;
    if (!withdrawn) return;
    const waits = count(store) > 0;
    find("withdrawn-told").textContent = say(`withdrawn-${withdrawn}`);
    find("hand-in").hidden = withdrawn !== "card_revoked" || !waits;
    find("clear-device").hidden = withdrawn === "card_revoked" || waits;
  }
}
