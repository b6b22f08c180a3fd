/** A picture with the boxes of its lines over it, with zoom; boxes can be drawn with the pointer. */
import { useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { t } from "./preferences.js";

/**
 * @typedef {{text: string, corners: number[][], confidence: number}} Line
 */

const ZOOMS = [1, 1.5, 2, 3, 4];

/**
 * @param {{source: string, width: number, height: number, lines: Line[], lit: number, light: (index: number) => void, draw?: (box: number[]) => void, choose?: (index: number) => void}} props
 */
export function PictureSheet({ source, width, height, lines, lit, light, draw = undefined, choose = undefined }) {
  const [zoom, setZoom] = useState(0);
  const [box, setBox] = useState(/** @type {number[] | null} */ (null));
  const [broken, setBroken] = useState(false);
  const svg = useRef(/** @type {SVGSVGElement | null} */ (null));

  /** @param {PointerEvent} event */
  function place(event) {
    const frame = svg.current.getBoundingClientRect();
    const x = ((event.clientX - frame.left) / frame.width) * width;
    const y = ((event.clientY - frame.top) / frame.height) * height;
    return [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];
  }

  function start(event) {
    if (!draw) return;
    svg.current.setPointerCapture(event.pointerId);
    setBox([...place(event), ...place(event)]);
  }

  function move(event) {
    if (box) setBox([box[0], box[1], ...place(event)]);
  }

  function end() {
    if (!box) return;
    const [left, right] = [box[0], box[2]].sort((a, b) => a - b);
    const [top, bottom] = [box[1], box[3]].sort((a, b) => a - b);
    setBox(null);
    if (right - left > 3 && bottom - top > 3) draw([left, top, right - left, bottom - top].map(Math.round));
  }

  return html`<figure class="picture">
    <div class="zoom">
      <button type="button" class="small" aria-label=${t("Zoom out")} disabled=${zoom === 0} onClick=${() => setZoom(zoom - 1)}>−</button>
      <span>${Math.round(ZOOMS[zoom] * 100)} %</span>
      <button type="button" class="small" aria-label=${t("Zoom in")} disabled=${zoom === ZOOMS.length - 1} onClick=${() => setZoom(zoom + 1)}>+</button>
      <span class="dim">${width} × ${height}</span>
    </div>
    <div class="scroll" tabindex="0" role="group" aria-label=${t("The picture and its lines")}>
      <div class=${draw ? "sheet drawing" : "sheet"} style=${{ width: `${ZOOMS[zoom] * 100}%`, aspectRatio: `${width} / ${height}` }}>
        ${broken
          ? html`<p class="dim">${t("This browser cannot show the picture.")}</p>`
          : html`<img src=${source} alt=${t("The picture that was sent")} onError=${() => setBroken(true)} />`}
        <svg ref=${svg} viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true"
          onPointerDown=${start} onPointerMove=${move} onPointerUp=${end}>
          ${lines.map((line, index) => line.corners && html`<polygon key=${index} class=${index === lit ? "lit" : ""}
            points=${line.corners.map((corner) => corner.join(",")).join(" ")}
            onMouseEnter=${() => light(index)} onMouseLeave=${() => light(-1)}
            onClick=${() => choose?.(index)}><title>${line.text}</title></polygon>`)}
          ${box && html`<rect x=${Math.min(box[0], box[2])} y=${Math.min(box[1], box[3])}
            width=${Math.abs(box[2] - box[0])} height=${Math.abs(box[3] - box[1])} />`}
        </svg>
      </div>
    </div>
  </figure>`;
}

/** The lines as a list beside the picture. @param {{lines: Line[], lit: number, light: (index: number) => void}} props */
export function LineList({ lines, lit, light }) {
  if (!lines.length) return html`<p class="dim">${t("No line was read in this picture.")}</p>`;
  return html`<ol class="lines">
    ${lines.map((line, index) => html`<li key=${index} class=${index === lit ? "lit" : ""}
      onMouseEnter=${() => light(index)} onMouseLeave=${() => light(-1)}>
      <span>${line.text}</span> <span class="dim number">${line.confidence.toFixed(2)}</span>
    </li>`)}
  </ol>`;
}
