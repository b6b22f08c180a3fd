// @google-cloud/vision over gRPC (its default) or REST (`fallback`), with a service account.
"use strict";

const fs = require("node:fs");
const vision = require("@google-cloud/vision");
const {
  picture, notAPicture, document, value, usedUp, read, refused, failsOnce, retried,
} = require("./checks");

const fallback = process.argv[2] === "rest";
const url = new URL(value(fallback ? "GOOGLE_URL" : "GOOGLE_GRPC_URL"));
const port = Number(url.port || 443);

function client(keyFile) {
  const protocol = url.protocol.slice(0, -1);
  // docs: begin
  return new vision.ImageAnnotatorClient({
    apiEndpoint: url.hostname, port, protocol, fallback, keyFilename: keyFile,
  });
  // docs: end
}

async function ask(asked, path) {
  // not by textDetection: it drops the details of an error over gRPC
  const entry = { image: { content: fs.readFileSync(path) }, features: [{ type: "TEXT_DETECTION" }] };
  const [{ responses: [answer] }] = await asked.batchAnnotateImages({ requests: [entry] });
  if (answer.error) return [`error ${answer.error.code} ${answer.error.message}`];
  return [answer.fullTextAnnotation.text];
}

async function readDocument(asked) {
  const inputConfig = { content: fs.readFileSync(document), mimeType: "application/pdf" };
  const features = [{ type: "DOCUMENT_TEXT_DETECTION" }];
  const [answer] = await asked.batchAnnotateFiles({ requests: [{ inputConfig, features }] });
  return answer.responses[0].responses.map((page) => page.fullTextAnnotation.text);
}

const refusal = (asked, path) => ask(asked, path).then(
  (lines) => lines.join(" "),
  (error) => `${error.code} ${error.reason}`,
);

// The key file with the id of a key that the service account does not have.
function spoilt(keyFile) {
  const account = JSON.parse(fs.readFileSync(keyFile, "utf8"));
  const path = `${keyFile}.spoilt`;
  fs.writeFileSync(path, JSON.stringify({ ...account, private_key_id: "0".repeat(40) }));
  return path;
}

async function main() {
  const good = client(value("GOOGLE_KEY_FILE"));
  read(await ask(good, picture));
  read(await readDocument(good), "read a document");
  await failsOnce("google.images_annotate");
  read(await ask(good, picture), "read in spite of a failure");
  await retried("google.images_annotate");
  const wrong = client(spoilt(value("GOOGLE_KEY_FILE")));
  const unauthenticated = "16 ACCESS_TOKEN_TYPE_UNSUPPORTED";
  refused("wrong secret", await refusal(wrong, picture), unauthenticated);
  refused("bad picture", await refusal(good, notAPicture), "error 3 Bad image data.");
  const poor = client(usedUp("GOOGLE_KEY_FILE"));
  refused("used up", await refusal(poor, picture), "8 RATE_LIMIT_EXCEEDED");
}

main();
