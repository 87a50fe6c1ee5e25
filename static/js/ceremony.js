// Leads a ceremony: keys, buttons and full screen. Every screen comes from the server when it is wanted; what is
// still covered is not in the page. Without a script the links and the form below the screen do the same.
const frame = document.getElementById("ceremony");
const headers = { "X-Screen-Alone": "1" };
const FOLLOW = 2000;
let busy = false;

const facts = () => {
  const { number, done, last } = frame.querySelector("[data-number]").dataset;
  return { number: Number(number), done: Number(done), last: Number(last) };
};
const address = (step) => `${frame.dataset.screen}${step === undefined ? "" : `?step=${step}`}`;

function show(html) {
  frame.replaceChildren(document.createRange().createContextualFragment(html));
  history.replaceState(null, "", address());
  offerFull();
}

async function fetched(url, settings = {}) {
  if (busy) return;
  busy = true;
  try {
    const answer = await fetch(url, { cache: "no-store", ...settings, headers });
    if (answer.ok || answer.status === 422) show(await answer.text());
    else location.assign(address());
  } catch {
    frame.querySelector(".ceremony__next").textContent = frame.dataset.lost;
  } finally {
    busy = false;
  }
}

function on() {
  const { number, last } = facts();
  const form = frame.querySelector("[data-uncover]");
  if (number < last) fetched(address(number + 1));
  else if (form) fetched(form.action, { method: "POST", body: new FormData(form) });
}

function back() {
  const { number } = facts();
  if (number > 0) fetched(address(number - 1));
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

function offerFull() {
  const button = frame.querySelector("[data-full]");
  if (button) button.hidden = !document.fullscreenEnabled;
}

const KEYS = {
  " ": on, ArrowRight: on, ArrowDown: on, PageDown: on, Enter: on,
  ArrowLeft: back, ArrowUp: back, PageUp: back, f: full,
};

document.addEventListener("keydown", (event) => {
  const act = KEYS[event.key];
  const pressing = event.target.closest?.("a, button") && [" ", "Enter"].includes(event.key);
  if (!act || pressing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});

frame.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-back], [data-on], [data-full]");
  if (!pressed) return;
  event.preventDefault();
  if (pressed.matches("[data-full]")) full();
  else if (pressed.matches("[data-on]")) on();
  else back();
});

frame.addEventListener("submit", (event) => {
  event.preventDefault();
  on();
});

// A second screen follows: somebody may lead the ceremony from another device.
setInterval(async () => {
  const { number, done, last } = facts();
  if (busy || document.hidden || number !== Math.min(done, last)) return;
  try {
    const answer = await fetch(address(), { cache: "no-store", headers });
    const html = answer.ok ? await answer.text() : "";
    if (html.includes(`data-done="${done}"`) || !html || busy) return;
    show(html);
  } catch {
    // The next question may be answered again.
  }
}, FOLLOW);

offerFull();
