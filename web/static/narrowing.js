/* Choices that apply at once, and long lists that can be searched. */

import { made } from "./touchstone.js";

const FAILED = "This could not be fetched: you may be offline. What you see is of the choices before.";
const LONG = 12; // more choices than this can be searched
const finds = new Map(); // what is typed above each list, which outlives the list

export function applyAtOnce(form) {
  const state = made("div", { className: "progress", role: "status" }); // never replaced, so that it is read out
  const kept = [state, form.querySelector(":scope > button")];
  let shown = here();
  let fetching = new AbortController();
  kept[1].before(state);
  prepare();

  async function load(url, chosen, push) {
    fetching.abort(); // by a later choice
    const { signal } = (fetching = new AbortController());
    const answer = document.querySelector(".answer");
    answer.ariaBusy = true;
    form.querySelector(".failed")?.remove();
    state.textContent = "Updating …";
    try {
      const response = await fetch(url, { signal });
      if (!response.ok) throw response.status;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!page.querySelector(".narrowing")) return location.assign(url); // there is nothing left to choose
      if (push && response.url !== location.href) history.pushState(null, "", response.url);
      shown = here();
      keepingPlace(chosen, () => put(page));
      state.textContent = said();
    } catch {
      if (signal.aborted) return;
      answer.ariaBusy = false;
      fail(url, chosen, push);
    }
  }

  function fail(url, chosen, push) {
    const told = made("div", { className: "failed", role: "alert", textContent: FAILED });
    const retry = made("button", { type: "button", textContent: "Retry" });
    retry.onclick = () => {
      focus(chosen); // for the button goes
      load(url, chosen, push);
    };
    told.append(retry);
    state.textContent = "";
    (chosen?.closest("li") ?? form.querySelector("fieldset")).append(told);
    told.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function focus(control) {
    (twin(control) ?? form.querySelector("h2")).focus({ preventScroll: true });
  }

  function put(page) {
    const opened = new Set([...document.querySelectorAll(".results details[open]")].map(nameOf));
    for (const each of [".answer", ".printed", ".bottom"]) {
      document.querySelector(each).replaceWith(page.querySelector(each));
    }
    document.title = page.title;
    [...form.children].forEach((each) => kept.includes(each) || each.remove());
    state.before(...page.querySelectorAll(".narrowing > :not(button)"));
    document.querySelectorAll(".results details").forEach((each) => (each.open ||= opened.has(nameOf(each))));
    prepare();
  }

  // The choice that was made stays under the finger, and the focus where it was.
  function keepingPlace(chosen, change) {
    const focused = document.activeElement;
    const before = chosen?.getBoundingClientRect().top;
    change();
    const again = twin(chosen);
    if (again) scrollBy({ top: again.getBoundingClientRect().top - before, behavior: "instant" });
    if (!focused.isConnected) focus(focused);
  }

  function twin(control) {
    const name = (each) => [each.tagName, each.name, each.value, each.closest("fieldset")?.name].join();
    return control && [...form.querySelectorAll("input, summary")].find((each) => name(each) === name(control));
  }

  function prepare() {
    const title = form.querySelector("h2");
    title.tabIndex = -1;
    const hint = made("p", { className: "hint", textContent: "Choices apply at once. " });
    hint.append(made("a", { href: "#total", textContent: "To the answer" }));
    title.after(hint);
    form.querySelectorAll("fieldset").forEach(findIn);
  }

  function findIn(facet) {
    const choices = [...facet.querySelectorAll("li")];
    const legend = facet.querySelector("legend");
    const name = (facet.name = legend.textContent);
    if (choices.length <= LONG) return;
    const field = made("input", { type: "search", placeholder: "Find", ariaLabel: `Find in ${name.toLowerCase()}` });
    field.value = finds.get(name) ?? "";
    field.oninput = () => {
      const wanted = plain(field.value);
      finds.set(name, field.value);
      for (const each of choices) each.hidden = !plain(each.querySelector("span").textContent).includes(wanted);
      facet.querySelector("details").open ||= wanted !== "";
      state.textContent = `${choices.filter((each) => !each.hidden).length} of ${choices.length}`;
    };
    field.onkeydown = ({ key }) => key !== "Enter"; // which would send the form
    legend.after(field);
    if (field.value) field.oninput();
  }

  form.onchange = ({ target }) => {
    if (target.name) load(`${form.action}?${new URLSearchParams(new FormData(form))}`, target, true);
  };
  addEventListener("popstate", () => {
    if (here() !== shown) load(location.href, null, false); // and not only another place in the page
  });
  const early = [...form.elements].find((each) => each.checked !== each.defaultChecked); // before this ran
  if (early) form.onchange({ target: early });
}

function here() {
  return location.pathname + location.search;
}

// "12 of 63 publications here", without the question
function said() {
  const total = document.getElementById("total").cloneNode(true);
  total.querySelector(".for")?.remove();
  return total.textContent;
}

// What a part that opens is called, whatever it counts
function nameOf(details) {
  const within = details.closest("fieldset, article")?.querySelector("legend, a");
  return `${within?.textContent} ${details.firstElementChild.textContent.replace(/\d/g, "")}`;
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
