// Prints what a client made of an answer, one line per check, and whether that was right.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const TRUTH = ["发票", "Invoice", "1280.50"];
const sample = (name) => path.join(process.env.SAMPLES, name);
const picture = sample("hello.png");
const notAPicture = process.env.NOT_A_PICTURE;
const document = process.env.DOCUMENT;

// A credential or an address, as clients/README.md names them.
const value = (name) => {
  if (!process.env[name]) throw new Error(`${name} is not set`);
  return process.env[name];
};

// The same credential of the account that has no calls left.
const usedUp = (name) => value(`USED_UP_${name}`);

const encoded = (file) => fs.readFileSync(file).toString("base64");

function report(check, seen, right) {
  if (!right) process.exitCode = 1;
  console.log(`${check}\t${right ? "right" : "WRONG"}\t${seen}`);
}

// The words of the sample picture must be in what the client gave.
function read(lines, check = "read", words = TRUTH) {
  const seen = lines.join(" / ");
  report(check, seen, words.every((word) => seen.replaceAll(" ", "").includes(word)));
}

// `seen` is what the client says of a refusal: its error and the vendor's code.
const refused = (check, seen, wanted) => report(check, seen, seen === wanted);

async function control(method, path, body) {
  const answer = await fetch(`${value("CONTROL_URL")}/_mockocr${path}`, {
    method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body),
  });
  return answer.json();
}

// Make the next request of the operation fail, by default as while the vendor is not available.
const failsOnce = (operation, error = "unavailable") =>
  control("POST", "/faults", { operation, fault: `error=${error}`, times: 1 });

// Let the next request of the operation read a document of the kind with these fields.
const readsOnce = (operation, kind, fields) =>
  control("POST", "/answers", { operation, kind, fields, times: 1 });

// The journal must have the failed request and the client's own second one.
async function retried(operation, wanted = "503 200") {
  const { requests } = await control("GET", `/requests?operation=${operation}&limit=2`);
  const seen = requests.reverse().map((request) => request.status).join(" ");
  report("retried", seen, seen === wanted);
}

module.exports = {
  sample, picture, notAPicture, document, value, usedUp, encoded, read, refused, failsOnce, readsOnce,
  retried,
};
