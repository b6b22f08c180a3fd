// image-node-sdk: general OCR, the picture as JSON or as a file of a form, as the argument says.
"use strict";

const fs = require("node:fs");
const { ImageClient } = require("image-node-sdk");
const { picture, notAPicture, value, usedUp, encoded, read, refused } = require("./checks");

const [scheme, host] = value("TENCENT_URL").split("://");
const form = process.argv[2];

function client(AppId, SecretId, SecretKey) {
  // docs: begin
  const client = new ImageClient({ AppId, SecretId, SecretKey });
  client.setProtocol(`${scheme}:`);
  client.setHost(host);
  // docs: end
  return client;
}

async function ask(asked, path) {
  const params =
    form === "json"
      ? { data: { image: encoded(path) } }
      : {
          formData: { image: fs.createReadStream(path) },
          headers: { "content-type": "multipart/form-data" },
        };
  // it accepts any certificate unless told otherwise
  const answer = await asked.ocrGeneral({ ...params, rejectUnauthorized: true });
  return { status: answer.statusCode, ...JSON.parse(answer.body) };
}

async function refusal(asked, path) {
  const { status, code, message } = await ask(asked, path);
  return `${status} ${code} ${message}`;
}

async function main() {
  const names = ["TENCENT_APPID", "TENCENT_SECRET_ID", "TENCENT_SECRET_KEY"];
  const [appid, id, key] = names.map(value);
  const good = client(appid, id, key);
  const answer = await ask(good, picture);
  read(answer.data.items.map((item) => item.itemstring));
  const wrong = client(appid, id, `${key.slice(0, -1)}x`);
  refused("wrong secret", await refusal(wrong, picture), "401 14 sign no pass");
  const bad = await refusal(good, notAPicture);
  refused("bad picture", bad, "200 -1102 SDK_IMAGE_DECODE_FAILED");
  const poor = client(...names.map(usedUp));
  refused("used up", await refusal(poor, picture), "403 25 resource has been used up");
}

main();
