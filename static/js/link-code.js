// Takes the code from behind the # of the address, where no server sees it, and sends it in the form.
const form = document.getElementById("link");
const code = location.hash.slice(1);
if (form && code) {
  history.replaceState(null, "", location.pathname); // so that it does not stay in the browser's history
  form.elements.code.value = code;
  form.requestSubmit();
}
