/** What forms choose from: operations, accounts, samples and kinds of specimens. */
import { signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { html } from "./html.js";
import { t } from "./preferences.js";
import { ask } from "./server.js";

/** @type {import("@preact/signals").Signal<{operations: {id: string, vendor: string, service: string, reads_text: boolean, default: boolean}[], samples: string[], specimens: string[]}>} */
export const playground = signal({ operations: [], samples: [], specimens: [] });
/** @type {import("@preact/signals").Signal<string[]>} */
export const accounts = signal(["dev"]);
/** Every operation id, also of those that take no picture. @type {import("@preact/signals").Signal<string[]>} */
export const operations = signal([]);

export async function loadChoices() {
  const [choices, { accounts: rows }, { vendors }] = await Promise.all([ask("playground"), ask("accounts"), ask("vendors")]);
  playground.value = choices;
  accounts.value = rows.map((account) => account.name);
  operations.value = vendors.flatMap((vendor) => vendor.services.flatMap((service) => service.operations.map((each) => each.id)));
}

/** @param {{label: string, value: string, set: (value: string) => void, children: unknown}} props */
export function Select({ label, value, set, children }) {
  const id = useId();
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} value=${value} onChange=${(event) => set(event.target.value)}>${children}</select>
  </div>`;
}

/** @param {{label: string, value: string, set: (value: string) => void, all?: string}} props */
export function AccountSelect({ label, value, set, all = "" }) {
  return html`<${Select} label=${label} value=${value} set=${set}>
    ${all && html`<option value="">${all}</option>`}
    ${accounts.value.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
  <//>`;
}

/** Operations in groups by namespace. @param {{ids: string[]}} props */
export function OperationOptions({ ids }) {
  const groups = new Map();
  for (const id of ids) {
    const namespace = id.split(".")[0];
    groups.set(namespace, [...(groups.get(namespace) ?? []), id]);
  }
  return [...groups].map(
    ([namespace, members]) => html`<optgroup key=${namespace} label=${namespace}>
      ${members.map((id) => html`<option key=${id} value=${id}>${id}</option>`)}
    </optgroup>`,
  );
}

/** A pattern of a rule: every operation, all of a vendor, or one. @param {{label: string, value: string, set: (value: string) => void}} props */
export function PatternSelect({ label, value, set }) {
  const namespaces = [...new Set(operations.value.map((id) => id.split(".")[0]))];
  return html`<${Select} label=${label} value=${value} set=${set}>
    <option value="*">${t("every operation")}</option>
    ${namespaces.map((name) => html`<option key=${name} value=${`${name}.*`}>${name}.*</option>`)}
    <${OperationOptions} ids=${operations.value} />
  <//>`;
}
