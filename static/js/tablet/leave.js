// Signing out wipes this device of the judge's codes and marks. It is refused while anything is unsent, and without
// a network, for then nobody would be signed out.
import { asked, run } from "./database.js";
import { wipe } from "./others.js";

export async function leave(judge, form) {
  const held = await run(["op"], "readonly", async ({ op }) => asked(op.getAll()));
  if (held.some((row) => row.judge === judge)) return "unsent";
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (!answer || (answer.type !== "opaqueredirect" && !answer.ok)) return "offline";
  await wipe(judge);
  location.assign("/accounts/sign-in");
  return "left";
}
