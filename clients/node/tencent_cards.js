// image-node-sdk: handwriting, cards, and licences whose fields are scripted.
"use strict";

const fs = require("node:fs");
const { ImageClient } = require("image-node-sdk");
const checks = require("./checks");

const { sample, notAPicture, value, usedUp, encoded, read, refused } = checks;

const [scheme, host] = value("TENCENT_URL").split("://");

const headers = { "content-type": "multipart/form-data" };
// docs: begin
const client = (AppId, SecretId, SecretKey) =>
  new ImageClient({ AppId, SecretId, SecretKey }).setProtocol(`${scheme}:`).setHost(host);
const idCard = (asked, formData) =>
  asked.ocrIdCard({ formData, headers, rejectUnauthorized: true });
// docs: end

// The card's text, or what the server says of it.
async function ask(asked, path) {
  const answer = await idCard(asked, { card_type: 0, image: fs.createReadStream(path) });
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
}

async function refusal(asked, path) {
  const { status, body } = await ask(asked, path);
  const { code, message } = body.result_list?.[0] ?? body;
  return `${status} ${code} ${message}`;
}

async function main() {
  const names = ["TENCENT_APPID", "TENCENT_SECRET_ID", "TENCENT_SECRET_KEY"];
  const [appid, id, key] = names.map(value);
  const good = client(appid, id, key);
  const idcard = sample("idcard.png");
  const { data } = (await ask(good, idcard)).body.result_list[0];
  read([data.name, data.id], "read", ["张伟", "440300199001120000"]);

  const form = (name) => ({
    formData: { "image[0]": fs.createReadStream(sample(name)) },
    headers,
    rejectUnauthorized: true,
  });
  const card = await good.ocrBizCard(form("card.png"));
  read([card.body], "read a business card", ["张伟", "13800138000"]);
  const json = (name) => ({ data: { image: encoded(sample(name)) }, rejectUnauthorized: true });
  const bank = await good.ocrBankCard(json("bankcard.png"));
  read([bank.body], "read a bank card", ["6225000000000006"]);
  const hand = await good.ocrHandWriting(json("hello.png"));
  read(JSON.parse(hand.body).data.items.map((item) => item.itemstring), "read handwriting");

  const fields = { name: "张三", number: "110101199001121233" };
  await checks.readsOnce("tencent.drivinglicence", "driving_licence", fields);
  const withType = { image: encoded(sample("hello.png")), type: 1 };
  const driving = await good.ocrDrivingLicence({ data: withType, rejectUnauthorized: true });
  read([driving.body], "read a driving licence", ["张三", "110101199001121233"]);
  await checks.readsOnce("tencent.plate", "licence_plate", { number: "京A12345" });
  const plate = await good.ocrPlate(json("hello.png"));
  read([plate.body], "read a number plate", ["京A12345"]);
  await checks.readsOnce("tencent.bizlicense", "business_licence", fields);
  const licence = await good.ocrBizLicense(json("hello.png"));
  read([licence.body], "read a business licence", ["张三", "110101199001121233"]);
  const none = JSON.parse((await good.ocrPlate(json("hello.png"))).body);
  refused("no card", `${none.code} ${none.message}`, "-9702 PLATE_OCR_RECOG_FAILED");

  const wrong = client(appid, id, `${key.slice(0, -1)}x`);
  refused("wrong secret", await refusal(wrong, idcard), "401 14 sign no pass");
  const bad = await refusal(good, notAPicture);
  refused("bad picture", bad, "200 -1102 SDK_IMAGE_DECODE_FAILED");
  const poor = client(...names.map(usedUp));
  refused("used up", await refusal(poor, idcard), "403 25 resource has been used up");
}

main();
