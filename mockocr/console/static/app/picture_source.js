/** Chooses a picture: dropped, pasted, from a file, a sample, or a drawn specimen. */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Select, playground } from "./choices.js";
import { t } from "./preferences.js";
import { ask, attempt, report } from "./server.js";

const MAX_BYTES = 5.5 * 1024 * 1024;
const SHOWN = /\.(png|jpe?g|gif|webp|bmp)$/;

/**
 * @typedef {{name: string, url: string, base64: string, width: number, height: number}} Picture
 */

/** @param {Blob} blob @param {string} name @returns {Promise<Picture>} */
export async function pictureOf(blob, name) {
  if (blob.size > MAX_BYTES) throw new Error(t("The picture is larger than 5.5 MB, the most that the console sends."));
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {string} */ (reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  const image = new Image();
  image.src = url;
  await image.decode().catch(() => {}); // the server knows more formats than the browser
  const [width, height] = [image.naturalWidth || 640, image.naturalHeight || 240];
  return { name, url, base64: url.slice(url.indexOf(",") + 1), width, height };
}

/** @param {{choose: (picture: Picture) => void, first?: string}} props */
export function PictureSource({ choose, first = "" }) {
  const [over, setOver] = useState(false);
  const [source, setSource] = useState(first);
  const file = useRef(/** @type {HTMLInputElement | null} */ (null));

  /** @param {Blob | null | undefined} blob @param {string} name */
  const take = (blob, name) => blob && attempt(async () => { setSource(""); choose(await pictureOf(blob, name)); });

  /** @param {string} value */
  async function pick(value) {
    setSource(value);
    const [kind, name] = value.split(":");
    await attempt(async () => {
      if (kind === "sample") {
        const answer = await fetch(`samples/${name}`);
        if (!answer.ok) throw new Error((await answer.json()).error);
        choose(await pictureOf(await answer.blob(), name));
      } else if (kind === "specimen") {
        const seed = 1 + Math.floor(Math.random() * 1000);
        const drawn = await ask(`specimens/${name}?seed=${seed}`);
        const bytes = Uint8Array.from(atob(drawn.image), (letter) => letter.charCodeAt(0));
        choose(await pictureOf(new Blob([bytes], { type: "image/png" }), `${name}.png`));
      }
    });
  }

  useEffect(() => {
    if (first) pick(first);
    /** @param {ClipboardEvent} event */
    function paste(event) {
      const item = [...(event.clipboardData?.files ?? [])].find((each) => each.type.startsWith("image/"));
      if (item) take(item, item.name || "pasted.png");
    }
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  }, []);

  function drop(event) {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) take(dropped, dropped.name);
    else report(new Error(t("Only a file can be dropped here.")));
  }

  return html`<div class=${over ? "drop over" : "drop"} onDragOver=${(event) => { event.preventDefault(); setOver(true); }}
    onDragLeave=${() => setOver(false)} onDrop=${drop}>
    <p>${t("Drop or paste a picture here, or choose one.")}</p>
    <div class="row">
      <button type="button" onClick=${() => file.current.click()}>${t("Choose a file")}</button>
      <input ref=${file} type="file" hidden accept="image/*,.pdf" aria-label=${t("Choose a file")}
        onChange=${(event) => take(event.target.files[0], event.target.files[0]?.name ?? "")} />
      <${Select} label=${t("Ready-made")} value=${source} set=${pick}>
        <option value="">—</option>
        <optgroup label=${t("Specimens, drawn anew each time")}>
          ${playground.value.specimens.map((kind) => html`<option key=${kind} value=${`specimen:${kind}`}>${kind}</option>`)}
        </optgroup>
        <optgroup label=${t("Samples")}>
          ${playground.value.samples.filter((name) => SHOWN.test(name)).map((name) => html`<option key=${name} value=${`sample:${name}`}>${name}</option>`)}
        </optgroup>
      <//>
    </div>
  </div>`;
}
