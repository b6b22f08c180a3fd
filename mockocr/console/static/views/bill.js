/** What the requests would cost, by each vendor's own rule; unknown prices are a dash. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../app/html.js";
import { t } from "../app/preferences.js";
import { ask, attempt, news } from "../app/server.js";

/** True if no source states the price. @param {any} row */
export function isUnknown(row) {
  return row.price === 0 && row.cost === 0 && (!row.price_source || row.price_source.startsWith("guess"));
}

/** @param {any} row */
function price(row) {
  return isUnknown(row) ? "—" : `${row.price} ${row.currency}`;
}

/** @param {any} row */
function cost(row) {
  return isUnknown(row) ? "—" : `${row.cost} ${row.currency}`;
}

export function BillView() {
  const [bill, setBill] = useState(/** @type {any} */ (null));
  useEffect(() => {
    attempt(async () => setBill(await ask("bill")));
  }, [news.value]);
  if (!bill) return html`<h1>${t("Bill")}</h1><p role="status">${t("Loading…")}</p>`;
  const { rows, total } = bill;
  if (!rows.length) {
    return html`<h1>${t("Bill")}</h1><div class="empty">
      <h2>${t("Nothing was billed")}</h2>
      <p>${t("Each answered request appears here with what its vendor would charge. Refused requests cost nothing at most vendors.")}</p>
      <p><a href="#/playground">${t("Send a picture from the playground")}</a></p>
    </div>`;
  }
  const unknown = rows.filter((row) => isUnknown(row) && row.billable).length;
  const costs = Object.entries(total.costs).map(([currency, amount]) => `${amount} ${currency}`).join(" + ");
  const headings = [t("Account"), t("Operation"), t("Calls"), t("Billable"), t("Free"), t("Price"), t("Cost"), t("Source of the price")];
  return html`<h1>${t("Bill")}</h1>
    <p class="lead"><b>${costs}</b> · ${t("{calls} calls, {billable} billable", total)}
      ${unknown > 0 && ` · ${t("{count} rows have no known price (—)", { count: unknown })}`}</p>
    <div class="table-frame"><table>
      <caption class="hidden">${t("Cost by account and operation")}</caption>
      <thead><tr>${headings.map((heading) => html`<th key=${heading}>${heading}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => {
        const cells = [row.account || "—", `${row.vendor}.${row.operation}`, row.calls, row.billable, row.free, price(row), cost(row), row.price_source || t("no source states it")];
        return html`<tr key=${`${row.account} ${row.vendor} ${row.operation}`}>${cells.map((cell, n) => html`<td key=${n} data-label=${headings[n]} class=${n === 1 ? "operation" : n > 1 && n < 7 ? "number" : ""}>${cell}</td>`)}</tr>`;
      })}</tbody>
    </table></div>`;
}
