import { expect, onTestFinished, test } from "vitest";
import { start } from "mockocr-test";

test("the text of the picture is shown", async () => {
  const mock = await start();
  onTestFinished(() => mock.close());
  await mock.answers("ocr_space.parse_image", ["发票号码 12345678"]);
  const body = new URLSearchParams({
    apikey: mock.credentials.ocr_space.apikey,
    base64Image: "data:image/gif;base64,R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=",
  });
  const response = await fetch(`${mock.url}/ocr_space/parse/image`, { method: "POST", body });
  expect((await response.json()).ParsedResults[0].ParsedText).toContain("12345678");
});
