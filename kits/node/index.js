// Gives each test a fresh account on a mockocr server. See README.md; index.d.ts describes the calls.
import { spawn } from "node:child_process";

const START_SECONDS = 60;
const READY = /^mockocr \S+ ready on (\S+)/;

/** The server that this process started: a promise of its URL, and how to stop it. */
let started;

/** The URL of the server of MOCKOCR_URL, or of the one that this process starts at the first call. */
export async function serverUrl() {
  const given = process.env.MOCKOCR_URL;
  if (given) {
    return (given.includes("://") ? given : `http://${given}`).replace(/\/+$/, "");
  }
  started ??= launch();
  return started.url;
}

function launch() {
  const command = process.env.MOCKOCR_COMMAND || "mockocr";
  // it ends when its standard input closes, so also when this process is killed
  const child = spawn(command, ["serve", "--port", "0", "--stop-with-stdin"], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let printed = "";
  let complained = "";
  const url = new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`mockocr was not ready after ${START_SECONDS} s`));
    }, START_SECONDS * 1000);
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(
        new Error(
          `mockocr does not start (${error.message}); install it (pip install mockocr), name it by` +
            " MOCKOCR_COMMAND, or set MOCKOCR_URL to a server that runs",
        ),
      );
    });
    child.on("close", () => {
      clearTimeout(timer);
      const why = complained.trim().split("\n").at(-1);
      reject(new Error(`mockocr ended before it was ready: ${why}`));
    });
    child.stderr.on("data", (data) => {
      complained = (complained + data).slice(-10_000);
    });
    child.stdout.on("data", (data) => {
      if (printed.includes("\n")) return;
      printed += data;
      const found = READY.exec(printed);
      if (found && printed.includes("\n")) {
        clearTimeout(timer);
        resolve(found[1].replace(/\/+$/, ""));
      }
    });
  });
  // the server must not keep the process alive
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) handle.unref();
  return { url, child };
}

/** Stop the server that this process started, if it did. */
export async function stop() {
  const running = started;
  started = undefined;
  if (!running) return;
  await new Promise((resolve) => {
    running.child.ref();
    running.child.once("close", resolve);
    running.child.stdin.end();
  });
}

/** A fresh account on the server. */
export async function start() {
  const url = await serverUrl();
  const account = await call(url, "POST", "/accounts", {});
  return new Mock(url, account.name, account.credentials);
}

class Mock {
  constructor(url, account, credentials) {
    this.url = url;
    this.account = account;
    this.credentials = credentials;
  }

  async fail(operation, fault, options = {}) {
    return this.#rule("/faults", { operation, fault, ...options });
  }

  async answers(operation, answer, options = {}) {
    const read = Array.isArray(answer) ? { lines: answer } : answer;
    return this.#rule("/answers", { operation, ...read, ...options });
  }

  async quota(operation, limits) {
    const place = `/quotas/${encodeURIComponent(this.account)}/${encodeURIComponent(operation)}`;
    return call(this.url, "PUT", place, limits);
  }

  async requests(operation = "", filters = {}) {
    const query = new URLSearchParams({ account: this.account, ...filters });
    if (operation) query.set("operation", operation);
    return (await call(this.url, "GET", `/requests?${query}`)).requests;
  }

  async clock(setting = {}) {
    const now = setting.now instanceof Date ? setting.now.toISOString() : setting.now;
    const document = { ...setting, account: this.account };
    if (now !== undefined) document.now = now;
    return call(this.url, "PUT", "/clock", document);
  }

  async specimen(kind, seed = 0) {
    const found = await call(this.url, "GET", `/specimens/${encodeURIComponent(kind)}?seed=${seed}`);
    return { ...found, image: Buffer.from(found.image, "base64") };
  }

  /** Remove faults, answers, quotas and the clock, and forget nothing of the journal. */
  async reset() {
    const account = encodeURIComponent(this.account);
    await call(this.url, "DELETE", `/faults?account=${account}`);
    await call(this.url, "DELETE", `/answers?account=${account}`);
    await call(this.url, "PUT", "/clock", { account: this.account });
    for (const { account: owner, operation } of (await call(this.url, "GET", "/quotas")).quotas) {
      if (owner === this.account) {
        await call(this.url, "DELETE", `/quotas/${account}/${encodeURIComponent(operation)}`);
      }
    }
  }

  /** Delete the account with all that belongs to it. */
  async close() {
    await call(this.url, "DELETE", `/accounts/${encodeURIComponent(this.account)}`);
  }

  async #rule(path, document) {
    return (await call(this.url, "POST", path, { ...document, account: this.account })).id;
  }
}

async function call(url, method, path, body) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const token = process.env.MOCKOCR_CONTROL_TOKEN;
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(`${url}/_mockocr${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`mockocr: ${method} ${path}: ${response.status}: ${sentence(text)}`);
  return text ? JSON.parse(text) : undefined;
}

function sentence(text) {
  try {
    return JSON.parse(text).error ?? text;
  } catch {
    return text;
  }
}
