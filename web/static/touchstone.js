/* What script adds to pages that are whole without it. */

import { suggestIn } from "./suggestions.js";

const box = document.querySelector("[data-suggest]");
const form = document.querySelector(".narrowing");
if (box) suggestIn(box);
if (form) import("./narrowing.js").then(({ applyAtOnce }) => applyAtOnce(form));

// Only https and localhost have service workers, and a browser may refuse them.
addEventListener("load", () => {
  navigator.serviceWorker?.register(new URL("../worker.js", import.meta.url)).catch(() => {});
});
