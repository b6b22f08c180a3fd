import { afterAll, afterEach, beforeEach, expect, test } from "@jest/globals";
import { start, stop } from "mockocr-test";

let mock;
beforeEach(async () => {
  mock = await start();
});
afterEach(() => mock.close());
afterAll(stop);

test("a used-up quota is reported", async () => {
  await mock.fail("ocr_space.*", "error=quota_exceeded");
  const body = new URLSearchParams({
    apikey: mock.credentials.ocr_space.apikey,
    base64Image: "data:image/gif;base64,R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=",
  });
  const response = await fetch(`${mock.url}/ocr_space/parse/image`, { method: "POST", body });
  expect(response.status).toBe(403);
  expect((await mock.requests())[0].problem).toBe("quota_exceeded");
});
