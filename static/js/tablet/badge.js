// The badge says what is where, the worst first: by its words, its shape and its colour.
import { clock, say } from "./words.js";

const KINDS = {
  conflict: "bad", refused: "bad", login: "bad", withdrawn: "bad", held: "warn", offline: "warn", "offline-empty": "warn", kept: "warn", sending: "info",
  synced: "ok", opening: "info",
};

export function paintBadge({ store, sender }) {
  const badge = document.getElementById("sync");
  if (!store || !badge) return;
  const { state, count } = sender.status();
  badge.className = `sync chip${KINDS[state] === "info" ? "" : ` chip--${KINDS[state]}`}`;
  badge.dataset.state = state;
  const text = say(state, { count, time: sender.last ? clock(sender.last) : "" });
  const told = badge.querySelector("[role=status]");
  if (told.textContent !== text) told.textContent = text;
}
