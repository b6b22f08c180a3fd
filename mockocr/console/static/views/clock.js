/** The test's clock, and the reset. */
import { useEffect, useState } from "preact/hooks";
import { html } from "../app/html.js";
import { AccountSelect, loadChoices } from "../app/choices.js";
import { Confirmed } from "../app/confirmed.js";
import { NumberField, numberProblem } from "../app/number_field.js";
import { t } from "../app/preferences.js";
import { ask, attempt } from "../app/server.js";

const SECONDS = { min: -1e11, max: 1e11, fraction: true };

export function ClockView() {
  const [account, setAccount] = useState("");
  const [clock, setClock] = useState(/** @type {any} */ (null));
  const [now, setNow] = useState("2026-01-01T00:00:00Z");
  const [seconds, setSeconds] = useState("3600");
  const [done, setDone] = useState("");
  const problem = numberProblem(seconds, SECONDS);
  const badTime = Number.isNaN(Date.parse(now)) ? t("Write a time like 2026-01-01T00:00:00Z.") : "";
  const query = account ? `?account=${encodeURIComponent(account)}` : "";

  useEffect(() => {
    const load = () => attempt(async () => setClock(await ask(`clock${query}`)));
    load();
    const timer = setInterval(() => document.hidden || load(), 1000);
    return () => clearInterval(timer);
  }, [account]);

  /** @param {object} change */
  const put = (change) => attempt(async () => setClock(await ask("clock", "PUT", { ...change, account: account || undefined })));
  const prevent = (run) => (event) => { event.preventDefault(); run(); };

  return html`<h1>${t("Clock")}</h1>
    <p class="lead">${t("Signature windows, the ends of tokens and the windows of quotas follow this clock. Freeze it, or move it to see what expires.")}</p>
    <p class="time"><output aria-label=${t("Time on the clock")}>${clock?.now ?? "…"}</output>
      ${clock && html` <span class="pill dim">${clock.frozen ? t("frozen") : clock.offset ? t("moved by {seconds} s", { seconds: clock.offset }) : t("real time")}</span>`}</p>
    <div class="card">
      <${AccountSelect} label=${t("Clock of")} value=${account} set=${setAccount} all=${t("every account")} />
      <form class="row" onSubmit=${prevent(() => badTime || put({ now }))}>
        <div class="field">
          <label for="now">${t("Time, UTC")}</label>
          <input id="now" size="24" value=${now} onInput=${(event) => setNow(event.target.value)} aria-invalid=${badTime ? "true" : "false"} aria-describedby="now-hint" />
          <span id="now-hint" class="bad">${badTime}</span>
        </div>
        <button disabled=${Boolean(badTime)}>${t("Freeze")}</button>
      </form>
      <form class="row" onSubmit=${prevent(() => problem || put({ advance: Number(seconds) }))}>
        <${NumberField} label=${t("Seconds")} value=${seconds} set=${setSeconds} rule=${SECONDS} hint=${t("negative: into the past")} />
        <button disabled=${Boolean(problem)}>${t("Move")}</button>
      </form>
      <button type="button" onClick=${() => put({})}>${t("Back to real time")}</button>
    </div>
    <h2>${t("Reset")}</h2>
    <p>${t("Return to the start: created accounts, faults, quotas, answers, the journal and the bill go away.")}</p>
    <${Confirmed} label=${t("Reset everything")} sure=${t("Really reset everything?")} run=${() => attempt(async () => {
      await ask("reset", "POST", {});
      await loadChoices();
      setDone(t("Everything is as at the start."));
    })} />
    <p role="status" class="good">${done}</p>`;
}
