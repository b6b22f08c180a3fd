/** Accounts and their credentials, with copy buttons. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../app/html.js";
import { accounts as names } from "../app/choices.js";
import { Confirmed } from "../app/confirmed.js";
import { CopyButton } from "../app/copy_button.js";
import { t } from "../app/preferences.js";
import { ask, attempt } from "../app/server.js";

const STATES = ["active", "disabled", "expired", "arrears", "unsubscribed"];

/** The credential as lines for a shell. @param {any} key */
const variables = (key) =>
  Object.entries(key.values)
    .map(([name, value]) => `export ${key.vendor.toUpperCase()}_${name.toUpperCase()}='${value}'`)
    .join("\n");

/** @param {{credential: any}} props */
function Key({ credential }) {
  return html`<div class="card key">
    <header>
      <h3>${credential.vendor}</h3>
      ${credential.state !== "active" && html`<span class="pill bad">${credential.state}</span>`}
      ${credential.until && html`<span class="dim">${t("until {time}", { time: credential.until })}</span>`}
      <${CopyButton} text=${variables(credential)} label=${t("Copy as variables")} what=${credential.vendor} />
    </header>
    <dl>
      ${Object.entries(credential.values).map(([name, value]) => html`<div key=${name}>
        <dt>${name}</dt>
        <dd><code>${value.length > 90 ? `${value.slice(0, 60)}…` : value}</code> <${CopyButton} text=${value} what=${`${credential.vendor} ${name}`} /></dd>
      </div>`)}
    </dl>
  </div>`;
}

export function AccountsView() {
  const [accounts, setAccounts] = useState(/** @type {any[] | null} */ (null));
  const [name, setName] = useState("");
  const [state, setState] = useState("active");
  const problem = name && !/^[A-Za-z0-9._-]{1,64}$/.test(name) ? t("Use 1 to 64 letters, digits, ., _ or -.") : "";

  async function load() {
    const document = await ask("accounts");
    setAccounts(document.accounts);
    names.value = document.accounts.map((account) => account.name);
  }
  useEffect(() => {
    attempt(load);
  }, []);

  function submit(event) {
    event.preventDefault();
    if (problem) return;
    attempt(async () => { await ask("accounts", "POST", { name: name || undefined, state }); setName(""); await load(); });
  }

  return html`<h1>${t("Accounts")}</h1>
    <p class="lead">${t("Each account has a credential at every vendor. Give each test its own account: faults, quotas, answers and the clock can be tied to it.")}</p>
    <form class="card row" onSubmit=${submit}>
      <div class="field">
        <label for="name">${t("Name")}</label>
        <input id="name" value=${name} onInput=${(event) => setName(event.target.value.trim())} aria-invalid=${problem ? "true" : "false"} aria-describedby="name-hint" />
        <span id="name-hint" class=${problem ? "bad" : "dim"}>${problem || t("empty: one is made up")}</span>
      </div>
      <div class="field">
        <label for="state">${t("State")}</label>
        <select id="state" value=${state} onChange=${(event) => setState(event.target.value)}>
          ${STATES.map((each) => html`<option key=${each} value=${each}>${each}</option>`)}
        </select>
      </div>
      <button class="primary">${t("Create an account")}</button>
    </form>
    ${(accounts ?? []).map((account) => html`<section key=${account.name} aria-label=${account.name}>
      <h2>${account.name}
        ${account.name !== "dev" && html` <${Confirmed} label=${t("Delete")} sure=${t("Really delete the account?")}
          run=${() => attempt(async () => { await ask(`accounts/${account.name}`, "DELETE"); await load(); })} />`}
      </h2>
      <div class="keys">${account.keys.map((key, number) => html`<${Key} key=${number} credential=${key} />`)}</div>
    </section>`)}`;
}
