// ocr-space-api-wrapper: a file, base64 and a table, with the key in a header.
"use strict";

const { ocrSpace } = require("ocr-space-api-wrapper");
const checks = require("./checks");
const { sample, picture, notAPicture, value, usedUp, encoded, read, refused } = checks;

const url = value("OCR_SPACE_URL");

function ask(apiKey, input, options = {}) {
  // docs: begin
  const ocrUrl = `${url}/parse/image`;
  return ocrSpace(input, { apiKey, ocrUrl, language: "chs", OCREngine: "2", ...options });
  // docs: end
}

const lines = (answer) => answer.ParsedResults[0].ParsedText.split("\r\n");

// A refused key arrives as an axios error whose response is the vendor's JSON string.
async function refusal(apiKey, input) {
  try {
    const answer = await ask(apiKey, input);
    return `${answer.OCRExitCode} ${answer.ErrorMessage[0]}`;
  } catch (error) {
    return `${error.response.status} ${error.response.data}`;
  }
}

async function main() {
  const key = value("OCR_SPACE_APIKEY");
  read(lines(await ask(key, picture)));
  read(lines(await ask(key, `data:image/png;base64,${encoded(picture)}`)), "base64");
  read(lines(await ask(key, checks.document)), "PDF");
  const table = await ask(key, sample("table.png"), { isTable: true });
  refused("table", `${lines(table)[0].endsWith("\t")}`, "true");
  const wrong = await refusal(`${key.slice(0, -1)}x`, picture);
  refused("wrong secret", wrong, "403 The API key is invalid");
  const bad = await refusal(key, notAPicture);
  refused("bad picture", bad, "99 Unable to recognize the file type");
  const used = await refusal(usedUp("OCR_SPACE_APIKEY"), picture);
  const limit = "upto maximum 500 number of times within 86400 seconds";
  refused("used up", used, `403 You may only perform this action ${limit}`);
}

main();
