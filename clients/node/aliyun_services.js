// aliyun-api-gateway: Aliyun's own two services on its market, in JSON, signed or by AppCode.
"use strict";

const { Client, SimpleClient } = require("aliyun-api-gateway");
const { picture, notAPicture, value, usedUp, encoded, read, refused } = require("./checks");

const url = value("ALIYUN_MARKET_GENERAL_URL");
const advanced = value("ALIYUN_MARKET_ADVANCED_URL");

async function ask(code, path) {
  // docs: begin
  const client = new SimpleClient(code);
  const data = { image: encoded(path), configure: { output_prob: true } };
  const answer = await client.post(`${url}/api/predict/ocr_general`, { data });
  // docs: end
  return answer.ret.map((line) => line.word);
}

async function refusal(...asked) {
  try {
    return String(await ask(...asked));
  } catch (error) {
    const said = error.data.headers["x-ca-error-message"] ?? "";
    return `${error.constructor.name} ${error.code} ${said}`.trim();
  }
}

async function main() {
  const code = value("ALIYUN_MARKET_APPCODE");
  read(await ask(code, picture));
  const signed = new Client(value("ALIYUN_MARKET_APPKEY"), value("ALIYUN_MARKET_APPSECRET"));
  const data = { img: encoded(picture), prob: true };
  const answer = await signed.post(`${advanced}/ocrservice/advanced`, { data });
  read(answer.prism_wordsInfo.map((found) => found.word), "read by advanced, signed");
  const wrong = await refusal(`${code.slice(0, -1)}x`, picture);
  refused("wrong secret", wrong, "Error 400 Invalid AppCode");
  refused("bad picture", await refusal(code, notAPicture), "Error 462");
  const poor = await refusal(usedUp("ALIYUN_MARKET_APPCODE"), picture);
  refused("used up", poor, "Error 403 Quota Exhausted");
}

main();
