/* Publications of a list can be dragged to their place: what is dropped sends the form "Move to" of that publication. */

let dragged = null;

for (const item of document.querySelectorAll(".editing .items > li")) {
  const handle = document.createElement("span");
  handle.className = "handle";
  handle.setAttribute("aria-hidden", "true"); // Up, Down and Move to are there for all
  handle.textContent = "⠿";
  handle.draggable = true;
  item.prepend(handle);
  handle.addEventListener("dragstart", (event) => {
    dragged = item;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.querySelector("h3").textContent);
    event.dataTransfer.setDragImage(item, 0, 0);
  });
  handle.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
  item.addEventListener("dragover", (event) => {
    if (!dragged || dragged === item) return;
    event.preventDefault();
    mark(item, below(item, event));
  });
  item.addEventListener("drop", (event) => {
    if (!dragged || dragged === item) return;
    event.preventDefault();
    move(dragged, item, below(item, event));
  });
}

function below(item, event) {
  const box = item.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

function mark(item, under) {
  for (const each of document.querySelectorAll(".drop-above, .drop-below")) each.classList.remove("drop-above", "drop-below");
  item?.classList.add(under ? "drop-below" : "drop-above");
}

// The place is counted without what is moved, which may have stood before it.
function move(item, beside, under) {
  const form = item.querySelector("form:has(select[name=section])");
  const others = [...beside.parentElement.children].filter((each) => each !== item);
  form.elements.section.value = beside.querySelector("select[name=section]").value;
  form.elements.place.value = others.indexOf(beside) + (under ? 2 : 1);
  form.requestSubmit();
}
