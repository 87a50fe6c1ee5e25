/* For browsers that are too old for the judge's app: they get the list of those that are not, and no half-working
   page. Written so that the oldest browser can read it; the app itself is made of modules. */
(function () {
  var fits = "noModule" in document.createElement("script") && "indexedDB" in window && "BigInt" in window &&
    "AbortSignal" in window && "timeout" in window.AbortSignal && "at" in Array.prototype;
  if (fits) return;
  document.getElementById("band-old").hidden = false;
  document.getElementById("sync").hidden = true;
})();
