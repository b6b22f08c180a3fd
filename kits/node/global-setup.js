// For Vitest's and Jest's globalSetup: one server for all workers, started before the first test.
import { serverUrl, stop } from "./index.js";

export default async function setup() {
  process.env.MOCKOCR_URL = await serverUrl();
  return stop;
}
