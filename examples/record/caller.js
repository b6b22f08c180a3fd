// A program that uses the official SDK of Tencent and the vendor's own URL.
"use strict";

const { readFileSync } = require("node:fs");
const { ocr } = require("tencentcloud-sdk-nodejs-ocr");

const { TENCENT_SECRET_ID, TENCENT_SECRET_KEY } = process.env;
const picture = readFileSync(process.argv[2]).toString("base64");

// The lines that Tencent read, or its error code.
async function tencent(secretKey) {
  const credential = { secretId: TENCENT_SECRET_ID, secretKey };
  const client = new ocr.v20181119.Client({ credential, region: "ap-guangzhou" });
  try {
    const { TextDetections } = await client.GeneralBasicOCR({ ImageBase64: picture });
    return TextDetections.map((line) => line.DetectedText).join(" | ");
  } catch (error) {
    return error.code;
  }
}

async function main() {
  console.log("tencent:", await tencent(TENCENT_SECRET_KEY));
  console.log("tencent, wrong key:", await tencent(`${TENCENT_SECRET_KEY.slice(0, -1)}x`));
}

main();
