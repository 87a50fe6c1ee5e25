// The judge's sheet: a value is sent as soon as it is entered, one operation at a time, in order.
import { Keypad } from "./keypad.js";
import { Outbox } from "./outbox.js";
import { Place } from "./place.js";
import { Conflict } from "./conflict.js";

const form = document.getElementById("sheet");

if (form.dataset.editable === "yes") {
  const badge = document.getElementById("sync");
  const total = document.querySelector("[data-total]");
  const undo = document.getElementById("undo");
  const places = [...form.querySelectorAll("[data-aspect]")].map((element) => new Place(element, form.dataset));
  const keypad = new Keypad(document.getElementById("keypad"));
  const history = [];
  const find = (aspect, attempt) => places.find((place) => place.is(aspect, attempt));

  const outbox = new Outbox({
    url: form.dataset.url,
    token: form.elements.csrf_token.value,
    version: Number(form.dataset.version),
    changed: showState,
    answered: showAnswer,
  });
  const conflict = new Conflict(document.getElementById("conflict"), form.dataset, (place, value, mine, last) => {
    place.show(value);
    if (mine) outbox.add(place.key, value);
    if (last) outbox.resume();
    showCount();
  });

  for (const place of places) {
    place.onfocus = () => {
      for (const other of places) other.mark(other === place);
      keypad.moveTo(place, () => focusNext(place));
    };
    place.onchange = (value, before, byTap) => {
      history.push([place, before]);
      place.clearError();
      outbox.add(place.key, value);
      showCount();
      if (byTap) focusNext(place);
    };
  }

  undo.addEventListener("click", () => {
    const [place, before] = history.pop();
    place.show(before);
    outbox.add(place.key, before);
    place.focus();
    showCount();
  });

  addEventListener("beforeunload", (event) => {
    if (!outbox.waiting) return;
    event.preventDefault();
    event.returnValue = form.dataset.leave;
  });
  document.addEventListener("click", async (event) => {
    // A page is left only after what was just entered has been taken over and sent.
    const link = event.target.closest("a[href]");
    if (!link) return;
    for (const place of places) place.commit();
    const refused = link.id === "review" && places.find((place) => place.refused);
    if (refused) {
      event.preventDefault();
      return refused.focus();
    }
    if (!outbox.waiting) return;
    event.preventDefault();
    if (await outbox.settled(8000)) location.assign(link.href);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const place of places) place.commit(); // what was typed before this script was there
  showCount();
  const wanted = location.hash ? places.find((place) => `#aspect-${place.id}` === location.hash) : null;
  const first = wanted ?? places.find((place) => !place.filled);
  first?.focus(first !== places[0]); // what was just signed is told above the first place

  function focusNext(place) {
    const after = places.slice(places.indexOf(place) + 1);
    (after.find((other) => !other.filled) ?? after[0])?.focus();
  }

  function showCount() {
    const done = places.filter((place) => place.attempt === 1 && place.filled).length;
    total.textContent = form.dataset.count.replace("{done}", done).replace("{all}", form.dataset.places);
    undo.disabled = history.length === 0;
  }

  function showState(told, count) {
    // A value that was sent back is not saved, whatever else has been.
    const state = told === "saved" && places.some((place) => place.refused) ? "refused" : told;
    const kinds = { saved: "ok", saving: "", offline: "warn", refused: "bad", login: "bad", conflict: "bad" };
    badge.className = `chip sync${kinds[state] ? ` chip--${kinds[state]}` : ""}`;
    badge.textContent = form.dataset[state].replace("{count}", count);
    if (state === "login" && !badge.querySelector("a")) {
      const link = document.createElement("a");
      link.href = location.pathname;
      link.textContent = badge.textContent;
      badge.replaceChildren(link);
    }
  }

  function takeOver(marks, sent) {
    // What another device entered elsewhere on the sheet is shown; what was entered here is asked about.
    const own = new Set([...sent.marks, ...outbox.queue].map(([aspect, attempt]) => `${aspect}/${attempt}`));
    const theirs = new Map(marks.map(([aspect, attempt, value]) => [`${aspect}/${attempt}`, value]));
    for (const place of places) {
      const name = place.key.join("/");
      if (!own.has(name)) place.show(theirs.get(name) ?? "");
    }
  }

  function showAnswer(answer, sent) {
    for (const [aspect, attempt, , points] of answer.marks ?? []) find(aspect, attempt)?.showPoints(points);
    for (const [aspect, attempt, words] of answer.errors ?? []) find(aspect, attempt)?.showError(words);
    showCount();
    if (answer.outcome === "conflict") {
      takeOver(answer.marks, sent);
      conflict.show(answer, sent, find);
    }
    if (answer.outcome === "locked") location.reload();
  }
}
