"use strict";

const $ = (id) => document.getElementById(id);

/** Calls a control route. An error is thrown with the server's own sentence. */
async function ask(path, method = "GET", value) {
  const options = { method };
  if (value !== undefined) {
    options.body = JSON.stringify(value);
    options.headers = { "Content-Type": "application/json" };
  }
  const answer = await fetch(path, options);
  const text = await answer.text();
  const document = text && answer.headers.get("content-type").includes("json") ? JSON.parse(text) : text;
  if (!answer.ok && path !== "health") throw new Error(document.error || `${answer.status}`);
  return document;
}

/** Runs a step and shows its error until a step succeeds. */
async function attempt(step) {
  try {
    await step();
    $("trouble").hidden = true;
  } catch (error) {
    $("trouble").textContent = error.message;
    $("trouble").className = "bad";
    $("trouble").hidden = false;
  }
}

function element(name, text = "", properties = {}) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(text);
  return created;
}

function fill(id, rows) {
  $(id).replaceChildren(...rows.map((cells) => {
    const row = element("tr");
    for (const cell of cells) {
      const held = cell instanceof Node ? cell : String(cell ?? "");
      row.append(element("td", held, typeof cell === "number" ? { className: "number" } : {}));
    }
    return row;
  }));
}

const json = (value) => element("pre", typeof value === "string" ? value : JSON.stringify(value, null, 2));
const nameOf = (r) => (r.operation ? `${r.vendor}.${r.operation}` : `${r.method} ${r.target}`);

function removeButton(path, again) {
  const button = element("button", "remove", { type: "button" });
  button.onclick = () => attempt(async () => { await ask(path, "DELETE"); await again(); });
  return button;
}

/* ---- requests ---- */

async function showRequests() {
  const form = new FormData($("filter"));
  const query = new URLSearchParams({ limit: 200 });
  for (const name of ["operation", "account", "status"]) {
    if (form.get(name)) query.set(name, form.get(name).trim());
  }
  if (form.get("refused")) query.set("refused", "true");
  const { requests: rows, evicted } = await ask(`requests?${query}`);
  $("evicted").hidden = evicted === 0;
  $("evicted").textContent = `The journal evicted ${evicted} older requests.`;
  fill("requests", rows.map((r) => {
    const bad = r.problem || r.status === 0;
    const why = element("span", r.why, { className: bad ? "bad" : "" });
    if (r.fault) why.prepend(element("b", `[${r.fault}] `));
    const status = element("span", r.status || "none", { className: bad ? "bad" : "good" });
    const link = element("a", r.at.slice(11, 23), { href: `#request/${r.id}`, title: r.at });
    return [link, nameOf(r), r.account, status, r.code, (r.seconds * 1000).toFixed(1), why];
  }));
}

function headersOf(pairs) {
  return json(pairs.map(([name, value]) => `${name}: ${value}`).join("\n"));
}

/** A text with a mark from that byte to the end of the line. */
function marked(text, byte) {
  const raw = new TextEncoder().encode(text);
  const same = new TextDecoder().decode(raw.slice(0, byte));
  const pre = element("pre", same);
  const rest = text.slice(same.length);
  const end = rest.indexOf("\n", 1) < 0 ? rest.length : rest.indexOf("\n", 1);
  pre.append(element("mark", rest.slice(0, end).replace(/^\n/, "⏎\n") || "∎"), rest.slice(end));
  return pre;
}

function showEvidence(evidence) {
  const box = $("evidence");
  box.replaceChildren();
  if (!evidence) return;
  const at = evidence.difference?.byte;
  if (at !== undefined) box.append(element("h3", `The strings to sign differ from byte ${at} on`));
  const columns = element("div", "", { className: "columns" });
  for (const [title, text, signature] of [
    ["The server's string to sign", evidence.expected, evidence.expected_signature],
    ["The client's string to sign", evidence.received, evidence.signature],
  ]) {
    const column = element("div", element("h3", title));
    column.append(at !== undefined ? marked(text, at) : element("pre", text || "unknown"));
    if (signature) column.append(element("p", `signature ${signature}`, { className: "dim" }));
    columns.append(column);
  }
  box.append(columns);
}

const SVG = "http://www.w3.org/2000/svg";

function figureOf(id, picture, number) {
  const sheet = element("div", "", { className: "sheet" });
  const image = element("img", "", { alt: `picture ${number + 1}`, width: picture.width, height: picture.height });
  image.src = `requests/${id}/pictures/${number}`;
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 0 ${picture.width} ${picture.height}`);
  drawing.setAttribute("preserveAspectRatio", "none");
  const list = element("ol", "", { className: "read" });
  for (const line of picture.lines) {
    const item = element("li", `${line.text}  `);
    item.append(element("span", line.confidence.toFixed(2), { className: "dim" }));
    const shape = document.createElementNS(SVG, "polygon");
    shape.setAttribute("points", line.corners.map((corner) => corner.join(",")).join(" "));
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${line.text} (${line.confidence.toFixed(3)})`;
    shape.append(title);
    for (const part of [item, shape]) {
      part.onmouseenter = () => [item, shape].forEach((p) => p.classList.add("lit"));
      part.onmouseleave = () => [item, shape].forEach((p) => p.classList.remove("lit"));
    }
    drawing.append(shape);
    list.append(item);
  }
  sheet.append(image, drawing);
  const figure = element("figure", sheet);
  const caption = element("figcaption", `${picture.format} ${picture.width}×${picture.height}, ${picture.size} bytes`);
  image.onerror = async () => {
    image.replaceWith(element("div", "", { style: `width:${picture.width}px;max-width:100%;aspect-ratio:${picture.width}/${picture.height}` }));
    const answer = await fetch(image.src);
    caption.append(answer.ok ? " (browsers cannot show this format)" : ` (${(await answer.json()).error})`);
  };
  figure.append(caption, list);
  return figure;
}

/** Status and size of the response, and how a fault broke it. */
function responseLine(r) {
  const broken = r.answer.wire === "whole" ? "" : ` · broken by a fault: ${r.answer.wire}`;
  return `HTTP ${r.status || "none"} · ${r.answer.size} bytes${broken}`;
}

async function showRequest(id) {
  const r = await ask(`requests/${id}`);
  $("request-name").textContent = `${nameOf(r)} → ${r.status || r.answer.wire} ${r.code}`;
  $("request-why").textContent = [r.fault && `[fault ${r.fault}]`, r.why].filter(Boolean).join(" ");
  showEvidence(r.evidence);
  $("pictures").replaceChildren(...r.pictures.map((picture, number) => figureOf(id, picture, number)));
  $("request-sent").replaceChildren(
    element("p", `${r.at} · ${r.account || "no account"} · ${(r.seconds * 1000).toFixed(1)} ms · ${r.billed ? "billed" : "not billed"}`),
    json(`${r.method} ${r.target}`), headersOf(r.headers), json(r.parameters));
  $("request-answer").replaceChildren(
    element("p", responseLine(r)),
    headersOf(r.answer.headers), json(r.answer.body));
}

/* ---- controls ---- */

const timesOf = (text) => (["", "∞"].includes(text.trim()) ? null : countOf("Times", text));
function countOf(name, text) {
  if (!/^\d+$/.test(text.trim())) throw new Error(`${name} must be a whole number, not ${text}`);
  return Number(text);
}
const countLeft = (left) => left ?? "∞";

async function showFaults() {
  const { faults } = await ask("faults");
  fill("faults", faults.map((f) => [f.operation, f.fault, f.account ?? "all", f.seen, f.used,
    countLeft(f.left), removeButton(`faults/${f.id}`, showFaults)]));
}

async function showAnswers() {
  const { answers } = await ask("answers");
  fill("answers", answers.map((a) => [a.operation,
    a.lines.map((line) => line.text ?? line.words.map((word) => word.text).join(" ")).join("\n"), a.account ?? "all", a.used,
    countLeft(a.left), removeButton(`answers/${a.id}`, showAnswers)]));
}

async function showAccounts() {
  const { accounts } = await ask("accounts");
  $("accounts").replaceChildren(...accounts.flatMap((account) => {
    const table = element("table");
    for (const key of account.keys) {
      const row = element("tr", element("td", key.vendor));
      const text = Object.entries(key.values).map(([name, value]) => `${name} ${value}`).join("\n");
      row.append(element("td", element("pre", text)), element("td", key.until ? `${key.state} until ${key.until}` : key.state));
      table.append(row);
    }
    return [element("h2", account.name), table];
  }));
}

async function showBill() {
  const [{ quotas }, { rows, total }] = [await ask("quotas"), await ask("bill")];
  fill("quotas", quotas.map((q) => [q.account, q.operation, q.left, q.used, q.per_second, q.per_day]));
  fill("bill", rows.map((r) => [r.account, `${r.vendor}.${r.operation}`, r.calls, r.billable, r.free, `${r.price} ${r.currency}`, r.cost, r.price_source]));
  $("total").textContent = `${total.calls} calls, ${total.billable} billable, ${
    Object.entries(total.costs).map(([currency, cost]) => `${cost} ${currency}`).join(" + ")}`;
}

async function showClock() {
  const clock = await ask("clock");
  $("now").textContent = Object.entries(clock).map(([name, value]) => `${name}: ${value}`).join(" · ");
}

function onSubmit(id, path, method, read, again) {
  $(id).onsubmit = (event) => {
    event.preventDefault();
    attempt(async () => { await ask(path, method, read(new FormData(event.target))); await again(); });
  };
}

const ruleOf = (form) => ({ operation: form.get("operation"), times: timesOf(form.get("times")),
  account: form.get("account").trim() || null });
onSubmit("fault", "faults", "POST",
  (form) => ({ ...ruleOf(form), fault: form.get("fault"), after: countOf("After", form.get("after")) }), showFaults);
onSubmit("answer", "answers", "POST",
  (form) => ({ ...ruleOf(form), lines: form.get("lines").split("\n").filter((line) => line) }), showAnswers);
onSubmit("freeze", "clock", "PUT", (form) => ({ now: form.get("now") }), showClock);
onSubmit("advance", "clock", "PUT", (form) => ({ advance: Number(form.get("advance")) }), showClock);
$("release").onclick = () => attempt(async () => { await ask("clock", "PUT", {}); await showClock(); });
$("reset").onclick = () => attempt(async () => { await ask("reset", "POST", {}); await showClock(); });
$("clear").onclick = () => attempt(async () => { await ask("requests", "DELETE"); await showRequests(); });
$("account").onclick = () => attempt(async () => { await ask("accounts", "POST", {}); await showAccounts(); });
$("filter").oninput = () => attempt(showRequests);
$("filter").onsubmit = (event) => event.preventDefault();

/* ---- views ---- */

const VIEWS = { requests: showRequests, request: showRequest, faults: showFaults, answers: showAnswers,
  accounts: showAccounts, bill: showBill, clock: showClock };
const LIVE = ["requests", "faults", "answers", "bill", "clock"];

function currentView() {
  const [view, argument] = location.hash.slice(1).split("/");
  return VIEWS[view] ? [view, argument] : ["requests"];
}

function showView() {
  const [view, argument] = currentView();
  for (const section of document.querySelectorAll("[data-view]")) section.hidden = section.dataset.view !== view;
  for (const link of document.querySelectorAll("nav a")) link.classList.toggle("here", link.hash === `#${view}`);
  return attempt(() => VIEWS[view](argument));
}

async function showHealth() {
  const health = await ask("health");
  const { requests, bytes } = health.journal;
  $("state").textContent = `${health.status}: ${health.engine}, ${health.store} store, ` +
    `${requests} requests in ${(bytes / 1048576).toFixed(1)} MB${health.why ? ` (${health.why})` : ""}`;
  $("state").className = health.why ? "bad" : "dim";
}

async function fillChoices() {
  const { vendors } = await ask("vendors");
  const services = vendors.flatMap((vendor) => vendor.services);
  for (const namespace of new Set(services.map((service) => service.namespace))) {
    $("patterns").append(element("option", "", { value: `${namespace}.*` }));
  }
  for (const { id } of services.flatMap((service) => service.operations)) {
    $("patterns").append(element("option", "", { value: id }));
    $("filter").operation.append(element("option", id, { value: id }));
  }
  const { kinds } = await ask("faults");
  for (const kind of kinds) {
    for (const fault of kind.examples) {
      $("faults-known").append(element("option", kind.help, { value: fault }));
    }
  }
}

window.onhashchange = showView;
attempt(fillChoices).then(showView).then(() => attempt(showHealth));
setInterval(() => {
  if (document.hidden || document.activeElement?.closest("#fault, #answer")) return;
  const [view, argument] = currentView();
  if (LIVE.includes(view)) attempt(() => VIEWS[view](argument));
}, 2000);
setInterval(() => document.hidden || attempt(showHealth), 10000);
