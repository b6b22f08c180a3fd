// baidu-aip-sdk: an interceptor changes its address, and it fetches its own token.
"use strict";

const { ocr: AipOcrClient, HttpClient } = require("baidu-aip-sdk");
const { picture, notAPicture, value, usedUp, encoded, read, refused } = require("./checks");

const url = value("BAIDU_URL");

// docs: begin
HttpClient.setRequestInterceptor((options) => {
  options.url = options.url.replace("https://aip.baidubce.com", url);
  return options;
});
// docs: end

async function refusal(client, path) {
  const answer = await client.generalBasic(encoded(path));
  return `${answer.error_code} ${answer.error_msg}`;
}

async function main() {
  const names = ["BAIDU_APP_ID", "BAIDU_API_KEY", "BAIDU_SECRET_KEY"];
  const [appId, apiKey, secretKey] = names.map(value);
  const client = new AipOcrClient(appId, apiKey, secretKey);
  const words = (answer) => answer.words_result.map((line) => line.words);
  read(words(await client.generalBasic(encoded(picture))));
  read(words(await client.general(encoded(picture), { probability: "true" })), "located");
  const mistyped = new AipOcrClient(appId, `${apiKey.slice(0, -1)}x`, secretKey);
  const wrong = await refusal(mistyped, picture);
  refused("wrong secret", wrong, "14 IAM Certification failed");
  refused("bad picture", await refusal(client, notAPicture), "216201 image format error");
  const poor = new AipOcrClient(...names.map(usedUp));
  refused("used up", await refusal(poor, picture), "17 Open api daily request limit reached");
}

main();
