/* What is selected in the abstract comes into the field for the words; without script they are pasted. */

const abstract = document.getElementById("abstract");
const field = document.getElementById("words");

if (abstract && field) {
  const hint = document.getElementById("words-hint");
  hint.textContent = hint.dataset.selecting;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const within = [selection.anchorNode, selection.focusNode].every((each) => each && abstract.contains(each));
    if (!within || selection.isCollapsed) return;
    field.value = selection.toString().trim().slice(0, field.maxLength);
    if (hint.textContent !== hint.dataset.selected) hint.textContent = hint.dataset.selected;
  });
}
