/** The journal, live: search, filters in the address, pages. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../app/html.js";
import { AccountSelect, OperationOptions, Select, operations } from "../app/choices.js";
import { t } from "../app/preferences.js";
import { route, setFields } from "../app/route.js";
import { ask, attempt, news } from "../app/server.js";
import { Confirmed } from "../app/confirmed.js";

const PAGE = 50;
const NAMES = ["search", "operation", "account", "status", "refused", "console"];

/** @param {string} [before] the id of the last request that is shown */
async function load(before = "") {
  const query = new URLSearchParams({ limit: String(PAGE + 1) });
  for (const name of NAMES) {
    const value = route.value.fields.get(name);
    if (value) query.set(name, value);
  }
  if (before) query.set("before", before);
  const { requests, evicted } = await ask(`requests?${query}`);
  return { rows: requests.slice(0, PAGE), more: requests.length > PAGE, evicted };
}

/** @param {{request: any}} props */
function Row({ request }) {
  const bad = Boolean(request.problem) || request.status === 0;
  const name = request.operation ? `${request.vendor}.${request.operation}` : `${request.method} ${request.target}`;
  return html`<tr>
    <td class="when"><a href=${`#/requests/${request.id}`} title=${request.at}>${request.at.slice(11, 23)}</a></td>
    <td class="name">${name}${request.console && html` <span class="pill dim">${t("console")}</span>`}</td>
    <td class="account">${request.account || "—"}</td>
    <td class="status"><span class=${bad ? "pill bad" : "pill good"}>${request.status || t("cut")}${request.code && request.code !== String(request.status) ? ` · ${request.code}` : ""}</span></td>
    <td class="number">${(request.seconds * 1000).toFixed(1)} ms</td>
    <td class="why"><div class="two-lines" title=${request.why}>${request.fault && html`<b>${request.fault} </b>`}${request.why}</div></td>
  </tr>`;
}

export function RequestsView() {
  const { fields } = route.value;
  const [page, setPage] = useState(/** @type {any} */ (null));
  const [older, setOlder] = useState(/** @type {any[]} */ ([]));
  const [paused, setPaused] = useState(false);
  const key = fields.toString();

  useEffect(() => {
    if (paused && page) return;
    attempt(async () => setPage(await load()));
  }, [key, news.value, paused]);
  useEffect(() => setOlder([]), [key]);

  const first = page?.rows ?? [];
  const seen = new Set(first.map((row) => row.id));
  const rows = [...first, ...older.flatMap((each) => each.rows).filter((row) => !seen.has(row.id))];
  const more = older.length ? older[older.length - 1].more : page?.more;
  const filtered = NAMES.some((name) => fields.get(name));
  const set = (name) => (value) => setFields({ [name]: value });

  return html`<h1>${t("Requests")}</h1>
    <form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
      <div class="field grow">
        <label for="search">${t("Search")}</label>
        <input id="search" type="search" placeholder=${t("operation, path, code, reason …")} value=${fields.get("search") ?? ""}
          onInput=${(event) => setFields({ search: event.target.value.trim() })} />
      </div>
      <${Select} label=${t("Operation")} value=${fields.get("operation") ?? ""} set=${set("operation")}>
        <option value="">${t("every operation")}</option>
        <${OperationOptions} ids=${operations.value} />
      <//>
      <${AccountSelect} label=${t("Account")} value=${fields.get("account") ?? ""} set=${set("account")} all=${t("every account")} />
      <${Select} label=${t("Result")} value=${fields.get("refused") ?? ""} set=${set("refused")}>
        <option value="">${t("every result")}</option>
        <option value="true">${t("refused")}</option>
        <option value="false">${t("answered")}</option>
      <//>
      <${Select} label=${t("Sent by")} value=${fields.get("console") ?? ""} set=${set("console")}>
        <option value="">${t("everyone")}</option>
        <option value="false">${t("clients")}</option>
        <option value="true">${t("this console")}</option>
      <//>
      <div class="row">
        <button type="button" aria-pressed=${paused ? "true" : "false"} onClick=${() => setPaused(!paused)}>${paused ? t("Go on live") : t("Pause")}</button>
        <${Confirmed} label=${t("Clear")} sure=${t("Really clear the journal?")}
          run=${() => attempt(async () => { await ask("requests", "DELETE"); setOlder([]); setPage(await load()); })} />
      </div>
    </form>
    ${page?.evicted > 0 && html`<p class="dim">${t("The journal is full: it dropped {count} older requests.", { count: page.evicted })}</p>`}
    ${rows.length > 0 && html`<div class="table-frame"><table class="requests">
      <caption class="hidden">${t("Requests, newest first")}</caption>
      <thead><tr><th>${t("Time")}</th><th>${t("Operation")}</th><th>${t("Account")}</th><th>${t("Status")}</th><th>${t("Duration")}</th><th>${t("Why")}</th></tr></thead>
      <tbody>${rows.map((request) => html`<${Row} key=${request.id} request=${request} />`)}</tbody>
    </table></div>`}
    ${more && html`<p><button type="button" onClick=${() => attempt(async () => setOlder([...older, await load(rows[rows.length - 1].id)]))}>${t("Older requests")}</button></p>`}
    ${page && !rows.length && html`<div class="empty">
      ${filtered
        ? html`<h2>${t("No request matches")}</h2><p><a href="#/requests">${t("Remove all filters")}</a></p>`
        : html`<h2>${t("No request yet")}</h2>
          <p>${t("Requests appear here as they come. Point a client at this address, or send one with a line:")}</p>
          <pre tabindex="0" aria-label=${t("A command")}>mockocr send tencent.general picture.png --url ${location.origin}</pre>
          <p><a href="#/playground">${t("Or send a picture from the playground")}</a></p>`}
    </div>`}`;
}
