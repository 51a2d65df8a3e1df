/* A button beside each citation that copies it. Over HTTP there is no clipboard to write to: there it is marked, to be
   copied by hand. */

import { made } from "./touchstone.js";

document.querySelectorAll(".cite dl > div").forEach(copyFrom);

function copyFrom(cited) {
  const [style, citation] = cited.children;
  const button = made("button", { type: "button", className: "quiet", textContent: "Copy" });
  const told = made("span", { className: "hint", role: "status" });
  const row = made("p", { className: "copy" });
  button.ariaLabel = `Copy the citation in ${style.textContent}`;
  row.append(button, " ", told);
  const place = made("dd", {});
  place.append(row);
  cited.append(place);

  button.onclick = async () => {
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(citation.textContent.trim());
      told.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(citation);
      told.textContent = "Marked: copy it with the keyboard";
    }
  };
}
