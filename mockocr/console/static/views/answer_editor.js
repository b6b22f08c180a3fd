/** Edits the lines of a picture on the picture, and saves them as a scripted answer or a golden. */
import { useRef, useState } from "preact/hooks";
import { html } from "../app/html.js";
import { Select } from "../app/choices.js";
import { PictureSheet } from "../app/picture_sheet.js";
import { t } from "../app/preferences.js";
import { ask, attempt } from "../app/server.js";

/** @param {{picture: any, source: string, request: any, close: () => void}} props */
export function AnswerEditor({ picture, source, request, close }) {
  const [lines, setLines] = useState(/** @type {any[]} */ (picture.lines.map(({ text, corners, confidence }) => ({ text, corners, confidence }))));
  const [lit, light] = useState(-1);
  const [kind, setKind] = useState("answer");
  const [saved, setSaved] = useState("");
  const list = useRef(/** @type {HTMLElement | null} */ (null));

  const change = (index, text) => setLines(lines.map((line, n) => (n === index ? { ...line, text } : line)));
  const remove = (index) => setLines(lines.filter((_, n) => n !== index));
  const focus = (index) => setTimeout(() => list.current?.querySelectorAll("input")[index]?.focus(), 0);

  /** @param {number[] | null} box left, top, width, height */
  function add(box) {
    const [x, y, width, height] = box ?? [];
    const corners = box ? [[x, y], [x + width, y], [x + width, y + height], [x, y + height]] : undefined;
    setLines([...lines, { text: "", corners, confidence: 1 }]);
    focus(lines.length);
  }

  async function save() {
    await attempt(async () => {
      if (kind === "golden") {
        await ask(`goldens/${picture.digest}`, "PUT", { lines });
        setSaved(t("Saved in the golden: this picture is read so from now on, after a restart too."));
      } else {
        await ask("answers", "POST", { operation: "*", times: null, image_sha256: picture.digest, lines });
        setSaved(t("Saved as an answer: this picture is read so until a reset, or until you remove it under Faults and quotas."));
      }
    });
  }

  return html`<section class="editor" aria-label=${t("Edit what is read")}>
    <p>${t("Change the texts, or draw a box on the picture to add a line.")}</p>
    <div class="columns wide-left">
      <${PictureSheet} source=${source} width=${picture.width} height=${picture.height} lines=${lines} lit=${lit} light=${light} draw=${add} choose=${focus} />
      <div>
        <ol class="lines" ref=${list}>
          ${lines.map((line, index) => html`<li key=${index} class=${index === lit ? "lit" : ""}>
            <input value=${line.text} aria-label=${t("Line {number}", { number: index + 1 })} onFocus=${() => light(index)} onBlur=${() => light(-1)}
              onInput=${(event) => change(index, event.target.value)} />
            <button type="button" class="small" aria-label=${t("Remove line {number}", { number: index + 1 })} onClick=${() => remove(index)}>✕</button>
          </li>`)}
        </ol>
        <div class="row">
          <button type="button" onClick=${() => add(null)}>${t("Add a line")}</button>
        </div>
        <div class="row">
          <${Select} label=${t("Save as")} value=${kind} set=${setKind}>
            <option value="answer">${t("answer, until a reset")}</option>
            <option value="golden">${t("golden, a file (needs --golden)")}</option>
          <//>
          <button type="button" class="primary" onClick=${save}>${t("Save")}</button>
          <button type="button" onClick=${close}>${t("Close")}</button>
        </div>
        <p role="status" class="good">${saved}</p>
      </div>
    </div>
  </section>`;
}
