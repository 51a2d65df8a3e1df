/* What script adds to pages that are whole without it. Here: the question box as a combobox after the ARIA Authoring
   Practices, where what is chosen fills the box and sends nothing. */

const PAUSE = 150; // milliseconds after the last letter

function suggestIn(box) {
  const list = made("ul", { id: "suggestions", hidden: true, role: "listbox", ariaLabel: "Suggestions" });
  const status = made("span", { className: "unseen", role: "status" });
  let offers = [];
  let active = -1;
  let waiting; // for a pause in typing
  let asking = new AbortController();

  box.list?.remove();
  box.removeAttribute("list");
  box.after(list, status);
  Object.assign(box, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: false });
  box.setAttribute("aria-controls", list.id);

  function show(found) {
    offers = found;
    list.replaceChildren(...offers.map(option));
    list.hidden = !offers.length;
    box.ariaExpanded = !list.hidden;
    activate(-1);
    status.textContent = list.hidden ? "" : `${offers.length} suggestion${offers.length > 1 ? "s" : ""}`;
  }

  function option({ text, label }, index) {
    const item = made("li", { id: `suggestion-${index}`, role: "option" });
    item.append(made("b", { textContent: text }), label.slice(text.length));
    return item;
  }

  function activate(index) {
    active = index;
    [...list.children].forEach((each, i) => (each.ariaSelected = i === active));
    if (active < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function wait() {
    stop();
    activate(-1);
    waiting = setTimeout(ask, PAUSE);
  }

  function stop() {
    clearTimeout(waiting);
    asking.abort(); // an answer that comes late is dropped
  }

  function close() {
    stop();
    show([]);
  }

  async function ask() {
    const { signal } = (asking = new AbortController());
    if (!box.value.trim()) return close();
    const asked = fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: box.value })}`, { signal });
    const found = await asked.then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
    if (!signal.aborted) show(found);
  }

  function choose(index) {
    box.value = offers[index].question;
    close();
    status.textContent = `${box.value}: Enter searches`;
  }

  box.oninput = (event) => (event.isComposing ? stop() : wait());
  box.addEventListener("compositionend", wait);
  box.onblur = close;
  box.onkeydown = (event) => {
    const { key } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return wait();
      const places = offers.length + 1; // one of them is the box itself
      activate(((active + 1 + (key === "ArrowDown" ? 1 : -1) + places) % places) - 1);
    } else if (key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first closes the list, a second may empty the box
      close();
    } else if (key === "Enter") close();
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) activate(-1);
  };
  list.onmousedown = (event) => event.preventDefault(); // the focus stays in the box
  list.onclick = ({ target }) => {
    const index = [...list.children].indexOf(target.closest("li"));
    if (index >= 0) choose(index);
  };
}

export function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

const box = document.querySelector("[data-suggest]");
const form = document.querySelector(".narrowing");
if (box) suggestIn(box);
if (form) import("./narrowing.js").then(({ applyAtOnce }) => applyAtOnce(form), () => {});
if (document.querySelector(".cite")) import("./copying.js").catch(() => {});

// Only https and localhost have workers, and a browser may refuse them
addEventListener("load", () => {
  navigator.serviceWorker?.register(new URL("../worker.js", import.meta.url)).catch(() => {});
});
