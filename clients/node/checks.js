// Prints what a client made of an answer, one line per check, and whether that was right.
"use strict";

const fs = require("node:fs");

const TRUTH = ["发票", "Invoice", "1280.50"];
const picture = process.env.PICTURE;
const notAPicture = process.env.NOT_A_PICTURE;

// A credential or an address, as clients/README.md names them.
const value = (name) => {
  if (!process.env[name]) throw new Error(`${name} is not set`);
  return process.env[name];
};

// The same credential of the account that has no calls left.
const usedUp = (name) => value(`USED_UP_${name}`);

const encoded = (path) => fs.readFileSync(path).toString("base64");

function report(check, seen, right) {
  if (!right) process.exitCode = 1;
  console.log(`${check}\t${right ? "right" : "WRONG"}\t${seen}`);
}

// The text of the sample picture must be in what the client gave.
function read(lines) {
  const seen = lines.join(" / ");
  report("read", seen, TRUTH.every((word) => seen.replaceAll(" ", "").includes(word)));
}

// `seen` is what the client says of a refusal: its error and the vendor's code.
const refused = (check, seen, wanted) => report(check, seen, seen === wanted);

module.exports = { picture, notAPicture, value, usedUp, encoded, read, refused };
