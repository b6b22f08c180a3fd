/** The two texts to sign, side by side, with a mark where they begin to differ. */
import { html } from "../app/html.js";
import { t } from "../app/preferences.js";

/** The text with a mark from that byte to the end of the line. @param {{text: string, byte: number | undefined}} props */
function Marked({ text, byte }) {
  if (byte === undefined) return text;
  const raw = new TextEncoder().encode(text);
  const same = new TextDecoder().decode(raw.slice(0, byte));
  const rest = text.slice(same.length);
  const line = rest.indexOf("\n", 1);
  const end = line < 0 ? rest.length : line;
  return html`${same}<mark>${rest.slice(0, end).replace(/^\n/, "⏎\n") || "∎"}</mark>${rest.slice(end)}`;
}

/** @param {{evidence: any}} props */
export function Evidence({ evidence }) {
  const byte = evidence.difference?.byte;
  const sides = [
    [t("The server signs"), evidence.expected, evidence.expected_signature],
    [t("The client signed"), evidence.received, evidence.signature],
  ];
  return html`<section aria-label=${t("The texts to sign")}>
    <h2>${byte === undefined ? t("The texts to sign") : t("The texts to sign differ from byte {byte} on", { byte })}</h2>
    <div class="columns">
      ${sides.map(([title, text, signature]) => html`<div key=${title}>
        <h3>${title}</h3>
        ${text
          ? html`<pre tabindex="0" aria-label=${title}><${Marked} text=${text} byte=${byte} /></pre>`
          : html`<p class="empty">${t("Unknown: the signature fits none of the usual mistakes. Compare the server's text with what your client logs.")}</p>`}
        ${signature && html`<p class="dim path">${t("signature")} ${signature}</p>`}
      </div>`)}
    </div>
  </section>`;
}
