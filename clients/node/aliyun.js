// @alicloud/ocr-api20210707: RecognizeGeneral and others, signed with ACS3-HMAC-SHA256.
"use strict";

const fs = require("node:fs");
const { Readable } = require("node:stream");
const { default: Client, ...models } = require("@alicloud/ocr-api20210707");
const { $OpenApiUtil } = require("@alicloud/openapi-core");
const { sample, picture, notAPicture, value, usedUp, read, refused } = require("./checks");

const [protocol, endpoint] = value("ALIYUN_URL").split("://");

function client(accessKeyId, accessKeySecret) {
  // docs: begin
  const config = new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, endpoint, protocol });
  return new Client(config);
  // docs: end
}

async function data(asked, action, path, fields = {}) {
  const request = new models[`${action}Request`](fields);
  request.body = Readable.from([fs.readFileSync(path)]);
  const answer = await asked[action[0].toLowerCase() + action.slice(1)](request);
  const found = answer.body.data;
  return typeof found === "string" ? JSON.parse(found) : found;
}

const words = (found) => found.prism_wordsInfo.map((word) => word.word);

const refusal = (asked, path, action = "RecognizeGeneral") =>
  data(asked, action, path).then(
    (found) => JSON.stringify(found),
    (error) => `${error.name} ${error.statusCode} ${error.code}`,
  );

async function main() {
  const names = ["ALIYUN_ACCESS_KEY_ID", "ALIYUN_ACCESS_KEY_SECRET"];
  const [id, secret] = names.map(value);
  const good = client(id, secret);
  read(words(await data(good, "RecognizeGeneral", picture)));
  const options = { outputCharInfo: true, needRotate: true };
  read(words(await data(good, "RecognizeAdvanced", picture, options)), "advanced");
  const all = await data(good, "RecognizeAllText", picture, { type: "General" });
  const blocks = all.subImages[0].blockInfo.blockDetails;
  read(blocks.map((block) => block.blockContent), "all text");
  const card = (await data(good, "RecognizeIdcard", sample("idcard.png"))).data.face.data;
  read([card.name, card.idNumber], "ID card", ["张伟", "440300199001120000"]);
  const wrong = await refusal(client(id, `${secret.slice(0, -1)}x`), picture);
  refused("wrong secret", wrong, "ClientError 400 SignatureDoesNotMatch");
  refused("bad picture", await refusal(good, notAPicture), "ClientError 415 unsupportedImageFormat");
  const noCard = await refusal(good, picture, "RecognizeIdcard");
  refused("no card", noCard, "ClientError 400 unmatchedImageType");
  const poor = client(...names.map(usedUp));
  refused("used up", await refusal(poor, picture), "ThrottlingError 400 Throttling.User");
}

main();
