/* The pages are whole without script. What it adds: suggestions while typing, choices that apply at once, and a page
   of ours where there is no network. */

import { suggestIn } from "./suggestions.js";

const box = document.querySelector("input[data-suggest]");
const form = document.querySelector("form.narrowing");
if (box) suggestIn(box);
if (form) import("./narrowing.js").then(({ applyAtOnce }) => applyAtOnce(form));

// Only https and localhost have service workers, and a browser may refuse them.
addEventListener("load", () => {
  navigator.serviceWorker?.register(new URL("../worker.js", import.meta.url)).catch(() => {});
});
