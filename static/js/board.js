// Keeps the board of progress true: asks every few seconds whether anything has changed, and says so where
// the connection is lost. Without a script the page is as true as its reading. In the hall it turns the pages, too.
import { renew } from "./renew.js";

const board = document.getElementById("board");
const EVERY = 5000;
const TURN = 3; // so many times the same page
let times = 0;

function say(asOf, connected) {
  const shown = board.querySelector("[data-as-of]");
  if (shown && asOf) shown.textContent = asOf;
  const state = board.querySelector("[data-connection]");
  if (state) state.textContent = connected ? "" : `· ${board.dataset.lost}`;
}

function replace(html) {
  const held = board.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const kept = [...board.querySelectorAll(".scroll")].map((part) => part.scrollLeft);
  renew(board, document.createRange().createContextualFragment(html).childNodes);
  board.querySelectorAll(".scroll").forEach((part, index) => { part.scrollLeft = kept[index] ?? 0; });
  if (held) board.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus();
}

// The page that is asked for next: on a large screen another one every few times.
function address() {
  const at = new URL(board.dataset.board, location.href);
  const pages = Number(board.querySelector("[data-pages]")?.dataset.pages ?? 1);
  times += 1;
  if (board.dataset.turns === undefined || pages < 2) return at;
  const page = (Math.floor(times / TURN) % pages) + 1;
  if (at.searchParams.get("page") === String(page)) return at;
  at.searchParams.set("page", page);
  board.dataset.board = at.pathname + at.search;
  board.dataset.etag = "";
  return at;
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(address(), {
      headers: { "If-None-Match": `W/"${board.dataset.etag}"` }, cache: "no-store",
    });
    if (answer.status === 200) {
      replace(await answer.text());
      board.dataset.etag = (answer.headers.get("ETag") ?? "").replace(/^W\/|"/g, "");
    }
    say(answer.headers.get("X-As-Of"), answer.ok || answer.status === 304);
    if (answer.status === 401 || answer.status === 403) location.reload();
  } catch {
    say(null, false);
  }
}

if (board?.dataset.live !== undefined) {
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
