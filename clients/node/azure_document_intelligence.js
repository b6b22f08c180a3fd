// @azure-rest/ai-document-intelligence: a picture, a document and a table, by key.
"use strict";

const fs = require("node:fs");
const di = require("@azure-rest/ai-document-intelligence");
const { sample, picture, notAPicture, document, value, usedUp, read, refused } = require("./checks");

const url = value("AZURE_URL");
const { getLongRunningPoller, isUnexpected } = di;
const throttled = { "X-Mockocr-Fault": "error=rate_limited" };

function client(key, retries = 3) {
  const retryOptions = { maxRetries: retries };
  // docs: begin
  const options = { allowInsecureConnection: url.startsWith("http:"), retryOptions };
  return di.default(url, { key }, options);
  // docs: end
}

async function submit(asked, file, model = "prebuilt-read", headers = {}) {
  const base64Source = fs.readFileSync(file).toString("base64");
  return asked.path("/documentModels/{modelId}:analyze", model).post({
    contentType: "application/json",
    headers,
    body: { base64Source },
  });
}

async function analyze(asked, file, model) {
  const initial = await submit(asked, file, model);
  if (isUnexpected(initial)) throw new Error(initial.body.error.code);
  const poller = getLongRunningPoller(asked, initial, { intervalInMs: 100 });
  return (await poller.pollUntilDone()).body.analyzeResult;
}

const lines = (result) => result.pages.flatMap((page) => page.lines.map((line) => line.content));

async function refusal(asked, file, headers) {
  const answer = await submit(asked, file, "prebuilt-read", headers);
  if (!isUnexpected(answer)) return "no error";
  const { error } = answer.body;
  return `${answer.status} ${(error.innererror || error).code}`;
}

async function main() {
  const key = value("AZURE_KEY");
  const good = client(key);
  read(lines(await analyze(good, picture)));
  read(lines(await analyze(good, document)), "document");
  const [table] = (await analyze(good, sample("table.png"), "prebuilt-layout")).tables;
  read(table.cells.map((cell) => cell.content), "table", ["66.00", "14.40"]);
  const wrong = client(`${key.slice(0, -1)}x`);
  refused("wrong secret", await refusal(wrong, picture), "401 401");
  refused("bad picture", await refusal(good, notAPicture), "400 InvalidContent");
  refused("used up", await refusal(client(usedUp("AZURE_KEY")), picture), "403 403");
  refused("throttled", await refusal(client(key, 1), picture, throttled), "429 429");
}

main();
