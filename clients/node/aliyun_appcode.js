// aliyun-api-gateway: SimpleClient, which sends the AppCode.
"use strict";

const { SimpleClient } = require("aliyun-api-gateway");
const { picture, notAPicture, value, usedUp, encoded, read, refused } = require("./checks");

const url = value("ALIYUN_MARKET_URL");

async function ask(code, path) {
  const data = { img: encoded(path), ver: "1" };
  // docs: begin
  const client = new SimpleClient(code);
  const answer = await client.post(`${url}/ocr`, { data });
  // docs: end
  return answer.data.map((line) => line.words);
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
  const wrong = await refusal(`${code.slice(0, -1)}x`, picture);
  refused("wrong secret", wrong, "Error 400 Invalid AppCode");
  refused("bad picture", await refusal(code, notAPicture), "Error 666");
  const poor = await refusal(usedUp("ALIYUN_MARKET_APPCODE"), picture);
  refused("used up", poor, "Error 403 Quota Exhausted");
}

main();
