import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, test } from "node:test";
import setup from "../global-setup.js";
import { start, stop } from "../index.js";

// A picture of one pixel: the answers are scripted, so nothing reads it.
const PIXEL = "data:image/gif;base64,R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=";

async function read(mock) {
  const response = await fetch(`${mock.url}/ocr_space/parse/image`, {
    method: "POST",
    body: new URLSearchParams({ apikey: mock.credentials.ocr_space.apikey, base64Image: PIXEL }),
  });
  const answer = response.status === 200 ? await response.json() : {};
  return [response.status, answer.ParsedResults?.[0].ParsedText.trim()];
}

async function fresh(t) {
  const mock = await start();
  t.after(() => mock.close());
  return mock;
}

after(stop);

test("an operation returns scripted lines", async (t) => {
  const mock = await fresh(t);
  await mock.answers("ocr_space.parse_image", ["发票号码 12345678"]);
  assert.deepEqual(await read(mock), [200, "发票号码 12345678"]);
  const [row] = await mock.requests("ocr_space.parse_image");
  assert.equal(row.status, 200);
  assert.equal(row.account, mock.account);
});

test("a fault applies the times that were asked", async (t) => {
  const mock = await fresh(t);
  await mock.answers("*", ["a"], { times: null });
  await mock.fail("ocr_space.*", "status=503", { after: 1 });
  const seen = [];
  for (let i = 0; i < 3; i++) seen.push((await read(mock))[0]);
  assert.deepEqual(seen, [200, 503, 200]);
});

test("a used-up quota is in the journal with its reason, until a reset", async (t) => {
  const mock = await fresh(t);
  await mock.answers("*", ["a"], { times: null });
  await mock.quota("*", { left: 1 });
  await read(mock);
  await read(mock);
  const [row] = await mock.requests("", { refused: "true" });
  assert.equal(row.problem, "quota_exceeded");
  assert.match(row.why, /has used up all 1 requests/);
  await mock.reset();
  await mock.answers("*", ["b"]);
  assert.deepEqual(await read(mock), [200, "b"]);
});

test("accounts are strangers to each other", async (t) => {
  const one = await fresh(t);
  const two = await fresh(t);
  await one.fail("*", "status=500", { times: null });
  await two.answers("*", ["b"]);
  assert.deepEqual(await read(two), [200, "b"]);
  assert.deepEqual(await one.requests(), []);
});

test("the clock is the account's own", async (t) => {
  const mock = await fresh(t);
  await mock.clock({ now: new Date("2030-01-02T03:04:05Z") });
  await mock.answers("*", ["a"]);
  await read(mock);
  assert.match((await mock.requests())[0].at, /^2030-01-02T03:04:05/);
  await mock.clock();
});

test("a wrong operation is refused with the server's sentence", async (t) => {
  const mock = await fresh(t);
  await assert.rejects(mock.fail("tencent.genral", "reset"), /there is no operation 'tencent.genral'/);
});

test("a global setup starts one server for all workers", async () => {
  const before = process.env.MOCKOCR_URL;
  const teardown = await setup();
  const url = process.env.MOCKOCR_URL;
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await fetch(`${url}/_mockocr/livez`)).status, 200);
  if (before === undefined) delete process.env.MOCKOCR_URL;
  assert.equal(teardown, stop);
});

test("a command that is missing is told with what to do", () => {
  const program = `import { start } from "./index.js"; await start();`;
  const done = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    env: { ...process.env, MOCKOCR_URL: "", MOCKOCR_COMMAND: "/nonexistent/mockocr" },
    encoding: "utf8",
  });
  assert.notEqual(done.status, 0);
  assert.match(done.stderr, /mockocr does not start .*pip install mockocr/);
});
