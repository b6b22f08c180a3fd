// tencentcloud-sdk-nodejs-ocr: GeneralBasicOCR, a card, a table and an invoice.
"use strict";

const { ocr } = require("tencentcloud-sdk-nodejs-ocr");
const checks = require("./checks");

const { picture, sample, notAPicture, value, usedUp, encoded, read, refused } = checks;

const [scheme, endpoint] = value("TENCENT_CLOUD_URL").split("://");
const protocol = `${scheme}://`;

function client(secretId, secretKey) {
  const credential = { secretId, secretKey };
  // docs: begin
  const httpProfile = { endpoint, protocol };
  const profile = { signMethod: "TC3-HMAC-SHA256", httpProfile };
  return new ocr.v20181119.Client({ credential, region: "ap-guangzhou", profile });
  // docs: end
}

async function ask(asked, path) {
  const answer = await asked.GeneralBasicOCR({ ImageBase64: encoded(path) });
  return answer.TextDetections.map((found) => found.DetectedText);
}

const named = (error) => `${error.constructor.name} ${error.code}`;
const refusal = (asked, path) => ask(asked, path).then(String, named);

async function documents(good, said) {
  const of = (name) => ({ ImageBase64: encoded(sample(name)) });
  const card = await good.IDCardOCR({ ...of("idcard.png"), CardSide: "FRONT" });
  read([card.Name, card.IdNum], "read by IDCardOCR", ["张伟", "440300199001120000"]);
  const bank = await good.BankCardOCR(of("bankcard.png"));
  read([bank.CardNo], "read by BankCardOCR", ["6225000000000006"]);
  const table = await good.RecognizeTableAccurateOCR(of("table.png"));
  const cells = table.TableDetections.flatMap((found) => found.Cells);
  read(cells.map((cell) => cell.Text), "read by RecognizeTableAccurateOCR", ["66.00"]);
  const { MixedInvoiceItems } = await good.RecognizeGeneralInvoice(of("hello.png"));
  read(MixedInvoiceItems.map((item) => item.SubType), "read by RecognizeGeneralInvoice", [
    "OtherInvoice",
  ]);
  const none = await good.IDCardOCR(of("hello.png")).then(String, named);
  refused("no card", none, `${said} FailedOperation.ImageNoIdCard`);
}

async function main() {
  const id = value("TENCENT_CLOUD_SECRET_ID");
  const key = value("TENCENT_CLOUD_SECRET_KEY");
  const said = "TencentCloudSDKHttpException";
  const good = client(id, key);
  read(await ask(good, picture));
  await documents(good, said);
  const wrong = client(id, `${key.slice(0, -1)}x`);
  refused("wrong secret", await refusal(wrong, picture), `${said} AuthFailure.SignatureFailure`);
  const bad = await refusal(good, notAPicture);
  refused("bad picture", bad, `${said} FailedOperation.ImageDecodeFailed`);
  const poor = client(usedUp("TENCENT_CLOUD_SECRET_ID"), usedUp("TENCENT_CLOUD_SECRET_KEY"));
  const none = await refusal(poor, picture);
  refused("used up", none, `${said} ResourceUnavailable.ResourcePackageRunOut`);
}

main();
