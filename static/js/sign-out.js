// A judge who signs out on any page: first the device is looked at, for marks may wait there for their upload.
const judge = () => document.cookie.split("; ").find((pair) => pair.startsWith("who="))?.slice(4);

function hasMarked() {
  try {
    return localStorage.getItem("marking") !== null;
  } catch {
    return false;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.id === "sign-out" || !form.matches("form[action$='/accounts/sign-out']") || !judge() || !hasMarked()) return;
  event.preventDefault();
  const { leave } = await import("./tablet/leave.js");
  const left = await leave(judge(), form);
  if (left === "unsent") location.assign("/marking/#unsent");
  else if (left === "offline") form.submit(); // the browser says that there is no network
});
