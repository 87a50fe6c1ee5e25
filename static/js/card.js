// Takes the secret of a judge card from behind the # of the address, where no server sees it.
const form = document.getElementById("card");
const read = document.querySelector("[data-card-read]");
const typed = document.querySelector("[data-card-typed]");

function take() {
  const secret = location.hash.slice(1);
  if (!form || !secret) return;
  history.replaceState(null, "", location.pathname); // so that it does not stay in the browser's history
  form.elements.code.value = secret;
  typed.hidden = true;
  read.hidden = false;
  form.elements.pin.focus();
}

take();
addEventListener("hashchange", take); // the next judge's card on the same tablet
