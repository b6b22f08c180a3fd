// @aws-sdk/client-textract: DetectDocumentText and AnalyzeDocument.
"use strict";

const fs = require("node:fs");
const {
  TextractClient, DetectDocumentTextCommand, AnalyzeDocumentCommand,
} = require("@aws-sdk/client-textract");
const {
  sample, picture, notAPicture, document, value, usedUp, read, refused, failsOnce, retried,
} = require("./checks");

const endpoint = value("AWS_TEXTRACT_URL");

function client(accessKeyId, secretAccessKey) {
  // docs: begin
  const credentials = { accessKeyId, secretAccessKey };
  return new TextractClient({ region: "us-east-1", endpoint, credentials });
  // docs: end
}

const lines = (answer) =>
  answer.Blocks.filter((block) => block.BlockType === "LINE").map((block) => block.Text);

async function ask(asked, path) {
  const Document = { Bytes: fs.readFileSync(path) };
  return lines(await asked.send(new DetectDocumentTextCommand({ Document })));
}

const refusal = (asked, path) =>
  ask(asked, path).then(String, (error) => {
    return `${error.constructor.name} ${error.name} after ${error.$metadata.attempts}`;
  });

// The texts of the cells, by row and column.
function cells(answer) {
  const known = new Map(answer.Blocks.map((block) => [block.Id, block]));
  const children = (block) =>
    (block.Relationships ?? []).filter((r) => r.Type === "CHILD").flatMap((r) => r.Ids);
  return answer.Blocks.filter((block) => block.BlockType === "CELL").map((cell) => {
    const text = children(cell).map((id) => known.get(id).Text).join(" ");
    return `${cell.RowIndex},${cell.ColumnIndex}:${text}`;
  });
}

async function main() {
  const id = value("AWS_ACCESS_KEY_ID");
  const key = value("AWS_SECRET_ACCESS_KEY");
  const good = client(id, key);
  read(await ask(good, picture));
  read(await ask(good, document), "read a PDF");
  const Document = { Bytes: fs.readFileSync(sample("table.png")) };
  const analyze = new AnalyzeDocumentCommand({ Document, FeatureTypes: ["TABLES"] });
  read(cells(await good.send(analyze)), "read a table", ["1,1:品名", "3,3:14.40"]);
  await failsOnce("aws.detect_document_text", "ThrottlingException");
  read(await ask(good, picture), "read after throttling");
  await retried("aws.detect_document_text", "400 200");
  const wrong = client(id, `${key.slice(0, -1)}x`);
  const said = "TextractServiceException InvalidSignatureException after 1";
  refused("wrong secret", await refusal(wrong, picture), said);
  const bad = "UnsupportedDocumentException UnsupportedDocumentException after 1";
  refused("bad picture", await refusal(good, notAPicture), bad);
  const poor = client(usedUp("AWS_ACCESS_KEY_ID"), usedUp("AWS_SECRET_ACCESS_KEY"));
  const code = "ProvisionedThroughputExceededException";
  refused("used up", await refusal(poor, picture), `${code} ${code} after 3`);
}

main();
