// aliyun-api-gateway: Client, which signs with AppKey and AppSecret.
"use strict";

const { Client } = require("aliyun-api-gateway");
const { picture, notAPicture, value, usedUp, encoded, read, refused } = require("./checks");

const url = value("ALIYUN_MARKET_URL");
const type = "application/x-www-form-urlencoded; charset=UTF-8";

async function ask(key, secret, path) {
  const data = { img: encoded(path), ver: "1" };
  const headers = { "content-type": type };
  // docs: begin
  const client = new Client(key, secret);
  const answer = await client.post(`${url}/ocr`, { data, headers });
  // docs: end
  return answer.data.map((line) => line.words);
}

async function refusal(...asked) {
  try {
    return String(await ask(...asked));
  } catch (error) {
    const said = error.data.headers["x-ca-error-message"] ?? "";
    return `${error.constructor.name} ${error.code} ${said.split(",")[0]}`.trim();
  }
}

async function main() {
  const [key, secret] = ["ALIYUN_MARKET_APPKEY", "ALIYUN_MARKET_APPSECRET"].map(value);
  read(await ask(key, secret, picture));
  const wrong = await refusal(key, `${secret}x`, picture);
  refused("wrong secret", wrong, "Error 400 Invalid Signature");
  refused("bad picture", await refusal(key, secret, notAPicture), "Error 666");
  const poor = ["ALIYUN_MARKET_APPKEY", "ALIYUN_MARKET_APPSECRET"].map(usedUp);
  refused("used up", await refusal(...poor, picture), "Error 403 Quota Exhausted");
}

main();
