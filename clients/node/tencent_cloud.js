// tencentcloud-sdk-nodejs-ocr: GeneralBasicOCR.
"use strict";

const { ocr } = require("tencentcloud-sdk-nodejs-ocr");
const { picture, notAPicture, value, usedUp, encoded, read, refused } = require("./checks");

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

const refusal = (asked, path) =>
  ask(asked, path).then(String, (error) => `${error.constructor.name} ${error.code}`);

async function main() {
  const id = value("TENCENT_CLOUD_SECRET_ID");
  const key = value("TENCENT_CLOUD_SECRET_KEY");
  const said = "TencentCloudSDKHttpException";
  const good = client(id, key);
  read(await ask(good, picture));
  const wrong = client(id, `${key.slice(0, -1)}x`);
  refused("wrong secret", await refusal(wrong, picture), `${said} AuthFailure.SignatureFailure`);
  const bad = await refusal(good, notAPicture);
  refused("bad picture", bad, `${said} FailedOperation.ImageDecodeFailed`);
  const poor = client(usedUp("TENCENT_CLOUD_SECRET_ID"), usedUp("TENCENT_CLOUD_SECRET_KEY"));
  const none = await refusal(poor, picture);
  refused("used up", none, `${said} ResourceUnavailable.ResourcePackageRunOut`);
}

main();
