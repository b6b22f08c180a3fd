/** The frame of the console: header, banner, errors, and the view that the address names. */
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { html } from "./html.js";
import { loadChoices } from "./choices.js";
import { language, t, theme } from "./preferences.js";
import { route } from "./route.js";
import { attempt, dismiss, errors, listen, online } from "./server.js";
import { AccountsView } from "../views/accounts.js";
import { BillView } from "../views/bill.js";
import { ClockView } from "../views/clock.js";
import { FaultsView } from "../views/faults.js";
import { PlaygroundView } from "../views/playground.js";
import { RequestView } from "../views/request.js";
import { RequestsView } from "../views/requests.js";

/** @returns {Record<string, [string, any]>} */
const views = () => ({
  playground: [t("Playground"), PlaygroundView],
  requests: [t("Requests"), RequestsView],
  faults: [t("Faults and quotas"), FaultsView],
  accounts: [t("Accounts"), AccountsView],
  bill: [t("Bill"), BillView],
  clock: [t("Clock"), ClockView],
});

const THEMES = { auto: "◐", light: "☀", dark: "☾" };

function Preferences() {
  const names = Object.keys(THEMES);
  const next = names[(names.indexOf(theme.value) + 1) % names.length];
  const labels = { auto: t("automatic"), light: t("light"), dark: t("dark") };
  return html`<div class="preferences">
    <button type="button" class="plain" lang=${language.value === "zh" ? "en" : "zh-CN"}
      onClick=${() => (language.value = language.value === "zh" ? "en" : "zh")}>
      ${language.value === "zh" ? "English" : "中文"}
    </button>
    <button type="button" class="plain" onClick=${() => (theme.value = next)}
      aria-label=${t("Theme: {theme}", { theme: labels[theme.value] })} title=${t("Theme: {theme}", { theme: labels[theme.value] })}>
      ${THEMES[theme.value] ?? "◐"}
    </button>
  </div>`;
}

function Frame() {
  const { view, argument } = route.value;
  const known = views();
  const name = known[view] ? view : "playground";
  const [title, View] = known[name];
  useEffect(() => {
    document.title = `${title} · mockocr`;
  }, [title]);
  const shown = name === "requests" && argument ? html`<${RequestView} key=${argument} id=${argument} />` : html`<${View} />`;
  return html`
    <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); document.querySelector("main").focus(); }}>${t("Skip to the content")}</a>
    <header>
      <a class="brand" href="#/playground">mockocr <small>${document.body.dataset.version}</small></a>
      <nav aria-label=${t("Views")}>
        ${Object.entries(known).map(([key, [label]]) => html`<a key=${key} href=${`#/${key}`} aria-current=${key === name ? "page" : undefined}>${label}</a>`)}
      </nav>
      <${Preferences} />
    </header>
    ${!online.value && html`<div class="banner" role="alert">${t("The server does not answer. This page connects again by itself.")}</div>`}
    <div class="errors" aria-live="assertive">
      ${errors.value.map((error) => html`<div key=${error.id} class="error" role="alert">
        <span>${error.text}</span>
        <button type="button" class="small" onClick=${() => dismiss(error.id)} aria-label=${t("Dismiss the error")}>✕</button>
      </div>`)}
    </div>
    <main id="main" tabindex="-1">${shown}</main>`;
}

render(html`<${Frame} />`, document.getElementById("app"));
attempt(loadChoices);
listen();
