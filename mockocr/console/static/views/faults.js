/** Faults, quotas and scripted answers: forms with explanations, and what is queued. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../app/html.js";
import { AccountSelect, PatternSelect, Select } from "../app/choices.js";
import { FAULTS } from "../app/chinese.js";
import { NumberField, numberProblem } from "../app/number_field.js";
import { language, t } from "../app/preferences.js";
import { ask, attempt, news } from "../app/server.js";

const COUNT = { min: 1, max: 1e9, optional: true };
const FROM_ZERO = { min: 0, max: 1e9, optional: true };

/** @param {{headings: string[], rows: unknown[][], caption: string}} props */
function Table({ headings, rows, caption }) {
  return html`<div class="table-frame"><table>
    <caption class="hidden">${caption}</caption>
    <thead><tr>${headings.map((heading) => html`<th key=${heading}>${heading}</th>`)}<th><span class="hidden">${t("Actions")}</span></th></tr></thead>
    <tbody>${rows.map((cells, number) => html`<tr key=${number}>${cells.map((cell, n) => html`<td key=${n} data-label=${headings[n] ?? ""}>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** @param {{name: string, help: string}} kind */
const helpOf = (kind) => (language.value === "zh" ? (FAULTS[kind.name] ?? kind.help) : kind.help).replaceAll("`", "");
const number = (text) => (text.trim() ? Number(text) : null);

/** @param {{path: string, what: string, again: () => unknown}} props */
function Remove({ path, what, again }) {
  return html`<button type="button" class="small" aria-label=${t("Remove {what}", { what })}
    onClick=${() => attempt(async () => { await ask(path, "DELETE"); await again(); })}>${t("Remove")}</button>`;
}

function FaultForm({ kinds, again }) {
  const [name, setName] = useState("error");
  const kind = kinds.find((each) => each.name === name);
  const [spec, setSpec] = useState("error=quota_exceeded");
  const [operation, setOperation] = useState("*");
  const [account, setAccount] = useState("");
  const [times, setTimes] = useState("1");
  const [after, setAfter] = useState("0");
  const invalid = numberProblem(times, COUNT) || numberProblem(after, FROM_ZERO);

  function choose(value) {
    setName(value);
    setSpec(kinds.find((each) => each.name === value)?.examples[0] ?? value);
  }

  function submit(event) {
    event.preventDefault();
    if (invalid) return;
    const body = { operation, fault: spec, times: number(times), after: number(after) ?? 0, account: account || null };
    attempt(async () => { await ask("faults", "POST", body); await again(); });
  }

  return html`<form onSubmit=${submit} class="card">
    <div class="row">
      <${Select} label=${t("Kind of fault")} value=${name} set=${choose}>
        ${kinds.map((each) => html`<option key=${each.name} value=${each.name}>${each.name}</option>`)}
      <//>
      <div class="field grow">
        <label for="spec">${t("Fault")}</label>
        <input id="spec" list="examples" value=${spec} onInput=${(event) => setSpec(event.target.value)} aria-describedby="explained" required />
        <datalist id="examples">${kind?.examples.map((example) => html`<option key=${example} value=${example} />`)}</datalist>
      </div>
      <${PatternSelect} label=${t("Operation")} value=${operation} set=${setOperation} />
      <${AccountSelect} label=${t("Account")} value=${account} set=${setAccount} all=${t("every account")} />
      <${NumberField} label=${t("Times")} value=${times} set=${setTimes} rule=${COUNT} hint=${t("empty: always")} />
      <${NumberField} label=${t("After requests")} value=${after} set=${setAfter} rule=${FROM_ZERO} hint=${t("let so many pass first")} />
    </div>
    <p id="explained" class="dim">${kind ? `${kind.syntax.join(" · ")} — ${helpOf(kind)}` : ""} ${t("Join several with commas.")}</p>
    <p><button class="primary" disabled=${Boolean(invalid)}>${t("Queue the fault")}</button></p>
  </form>`;
}

function QuotaForm({ again }) {
  const [operation, setOperation] = useState("*");
  const [account, setAccount] = useState("dev");
  const [left, setLeft] = useState("");
  const [perSecond, setPerSecond] = useState("");
  const [perDay, setPerDay] = useState("");
  const problems = [left, perSecond, perDay].map((text) => numberProblem(text, FROM_ZERO));
  const invalid = problems.some(Boolean) || ![left, perSecond, perDay].some((text) => text.trim());

  function submit(event) {
    event.preventDefault();
    if (invalid) return;
    const body = { left: number(left), per_second: number(perSecond), per_day: number(perDay) };
    attempt(async () => { await ask(`quotas/${encodeURIComponent(account)}/${encodeURIComponent(operation)}`, "PUT", body); await again(); });
  }

  return html`<form onSubmit=${submit} class="card">
    <div class="row">
      <${PatternSelect} label=${t("Operation")} value=${operation} set=${setOperation} />
      <${AccountSelect} label=${t("Account")} value=${account} set=${setAccount} />
      <${NumberField} label=${t("Requests left")} value=${left} set=${setLeft} rule=${FROM_ZERO} hint=${t("empty: no limit")} />
      <${NumberField} label=${t("Per second")} value=${perSecond} set=${setPerSecond} rule=${FROM_ZERO} hint=${t("empty: no limit")} />
      <${NumberField} label=${t("Per day")} value=${perDay} set=${setPerDay} rule=${FROM_ZERO} hint=${t("empty: no limit")} />
    </div>
    <p class="dim">${t("When a limit is reached, the vendor's own answer says so. Only requests that the vendor bills count.")}</p>
    <p><button class="primary" disabled=${invalid}>${t("Set the quota")}</button></p>
  </form>`;
}

const textOf = (answer) => answer.lines.map((line) => line.text ?? line.words.map((word) => word.text).join(" ")).join("\n");

export function FaultsView() {
  const [state, setState] = useState(/** @type {any} */ (null));
  async function load() {
    const [faults, quotas, answers] = await Promise.all([ask("faults"), ask("quotas"), ask("answers")]);
    setState({ ...faults, ...quotas, ...answers });
  }
  useEffect(() => {
    attempt(load);
  }, [news.value]);
  if (!state) return html`<h1>${t("Faults and quotas")}</h1><p role="status">${t("Loading…")}</p>`;
  const { faults, kinds, quotas, answers } = state;
  return html`<h1>${t("Faults and quotas")}</h1>
    <h2>${t("Faults")}</h2>
    <${FaultForm} kinds=${kinds} again=${load} />
    ${faults.length === 0
      ? html`<p class="empty">${t("No fault is queued. A fault makes the next matching request fail, wait, break off, or be read badly: choose a kind above and see what your client does.")}</p>`
      : html`<${Table} caption=${t("Faults")} headings=${[t("Fault"), t("Operation"), t("Account"), t("Used"), t("Left")]}
          rows=${faults.map((each) => [html`<code>${each.fault}</code>`, each.operation, each.account ?? t("every account"), each.used, each.left ?? "∞",
            html`<${Remove} path=${`faults/${each.id}`} what=${each.fault} again=${load} />`])} />`}
    <h2>${t("Quotas")}</h2>
    <${QuotaForm} again=${load} />
    ${quotas.length === 0
      ? html`<p class="empty">${t("No quota is set: every account may send as much as it likes. Set 3 requests left, and see what your client does with the fourth.")}</p>`
      : html`<${Table} caption=${t("Quotas")} headings=${[t("Account"), t("Operation"), t("Left"), t("Used"), t("Per second"), t("Per day")]}
          rows=${quotas.map((each) => [each.account, each.operation, each.left ?? "∞", each.used, each.per_second ?? "∞", each.per_day ?? "∞",
            html`<${Remove} path=${`quotas/${encodeURIComponent(each.account)}/${encodeURIComponent(each.operation)}`} what=${`${each.account} ${each.operation}`} again=${load} />`])} />`}
    <h2>${t("Scripted answers")}</h2>
    ${answers.length === 0
      ? html`<p class="empty">${t("No answer is scripted: pictures are really read. Open a request and choose “Answer this picture so from now on” to script one.")}</p>`
      : html`<${Table} caption=${t("Scripted answers")} headings=${[t("Lines"), t("Operation"), t("Account"), t("Used"), t("Left")]}
          rows=${answers.map((each) => [html`<div class="two-lines">${textOf(each)}</div>`, each.operation, each.account ?? t("every account"), each.used, each.left ?? "∞",
            html`<${Remove} path=${`answers/${each.id}`} what=${textOf(each)} again=${load} />`])} />`}`;
}
