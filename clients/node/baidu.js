// baidu-aip-sdk: an interceptor changes its address, and it fetches its own token.
"use strict";

const { ocr: AipOcrClient, HttpClient } = require("baidu-aip-sdk");
const {
  sample, picture, notAPicture, value, usedUp, encoded, read, refused, readsOnce,
} = require("./checks");

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

async function documents(client) {
  const identity = await client.idcard(encoded(sample("idcard.png")), "front");
  const fields = Object.values(identity.words_result).map((field) => field.words);
  read(fields, "read an identity card", ["张伟", "19900112"]);
  const card = (await client.bankcard(encoded(sample("bankcard.png")))).result;
  read([card.bank_card_number], "read a bank card", ["6225000000000006"]);
  await readsOnce("baidu.vat_invoice", "vat_invoice", { number: "01234567", total: "113.00" });
  const invoice = (await client.vatInvoice(encoded(picture))).words_result;
  read([invoice.InvoiceNum, invoice.AmountInFiguers], "read an invoice", ["01234567", "113.00"]);
  const none = await client.idcard(encoded(picture), "front");
  refused("no card", String(none.error_code), "216633");
}

async function main() {
  const names = ["BAIDU_APP_ID", "BAIDU_API_KEY", "BAIDU_SECRET_KEY"];
  const [appId, apiKey, secretKey] = names.map(value);
  const client = new AipOcrClient(appId, apiKey, secretKey);
  const words = (answer) => answer.words_result.map((line) => line.words);
  read(words(await client.generalBasic(encoded(picture))));
  read(words(await client.general(encoded(picture), { probability: "true" })), "located");
  await documents(client);
  const mistyped = new AipOcrClient(appId, `${apiKey.slice(0, -1)}x`, secretKey);
  const wrong = await refusal(mistyped, picture);
  refused("wrong secret", wrong, "14 IAM Certification failed");
  refused("bad picture", await refusal(client, notAPicture), "216201 image format error");
  const poor = new AipOcrClient(...names.map(usedUp));
  refused("used up", await refusal(poor, picture), "17 Open api daily request limit reached");
}

main();
