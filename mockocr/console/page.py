"""The console's first page: what the server is, and the newest requests with why they failed."""

from __future__ import annotations

from mockocr import __version__

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>mockocr</title>
<link rel="icon" href="data:,">
<style>
 :root { color-scheme: light dark }
 body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem }
 table { border-collapse: collapse; width: 100% }
 th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8884 }
 td { overflow-wrap: anywhere; vertical-align: top } code { font-size: 13px } .bad { color: #c33 }
</style>
<h1>mockocr VERSION</h1>
<p id="state" role="status">…</p>
<h2>Requests</h2>
<table><thead><tr><th>time<th>operation<th>account<th>status<th>code<th>ms<th>why</tr></thead>
<tbody id="rows"></tbody></table>
<script>
const cell = (row, text, bad) => {
  const td = row.insertCell(); td.textContent = text; if (bad) td.className = "bad"; return td;
};
async function show() {
  const health = await (await fetch("health")).json();
  document.getElementById("state").textContent =
    `${health.status}: ${health.engine}${health.why ? " (" + health.why + ")" : ""}`;
  const { requests } = await (await fetch("requests?limit=50")).json();
  const rows = document.getElementById("rows");
  rows.replaceChildren();
  for (const r of requests) {
    const row = rows.insertRow(), bad = r.why !== "";
    const link = document.createElement("a");
    link.href = "requests/" + r.id; link.textContent = r.at.slice(11, 23);
    cell(row, "").append(link);
    cell(row, r.vendor ? `${r.vendor}.${r.operation || "?"}` : `${r.method} ${r.target}`);
    cell(row, r.account); cell(row, r.status); cell(row, r.code);
    cell(row, (r.seconds * 1000).toFixed(1)); cell(row, r.why, bad);
  }
}
show(); setInterval(show, 2000);
</script>
</html>
"""


def page() -> str:
    """HTML that fetches its facts from the control routes beside it."""
    return _PAGE.replace("VERSION", __version__)
