/** When a fault or an answer applies. */
export interface RuleOptions {
  /** How many requests it applies to (1); null: no limit. */
  times?: number | null;
  /** How many requests it skips first. */
  after?: number;
  /** A share of the requests, drawn repeatably with the seed. */
  probability?: number;
  seed?: string | number;
}

/** A line of text with its place in the picture. */
export interface Line {
  text: string;
  /** left, top, width, height in pixels */
  box?: [number, number, number, number];
  confidence?: number;
}

/** The fields of a card, a licence or an invoice. */
export interface Fields {
  fields: Record<string, string>;
  kind?: string;
  items?: Record<string, string>[];
  /** What the vendor says against the picture: copy, reshoot … */
  warnings?: string[];
}

/** Limits of a quota; null removes one. */
export interface Limits {
  left?: number | null;
  per_second?: number | null;
  per_day?: number | null;
}

/** A row of the journal. */
export interface RequestRow {
  id: string;
  at: string;
  vendor: string;
  operation: string;
  account: string;
  method: string;
  target: string;
  status: number;
  code: string;
  seconds: number;
  /** Why the request was refused, in one sentence. */
  why: string;
  problem: string;
  fault: string;
}

/** A drawn document and the fields that it shows. */
export interface Specimen {
  image: Buffer;
  fields: Record<string, string>;
}

/** A fresh account. Its faults, answers, quotas and clock touch no other account. */
export interface Mock {
  /** The base URL of the client under test. */
  readonly url: string;
  readonly account: string;
  /** By vendor and field: `credentials.tencent.secret_id`. */
  readonly credentials: Record<string, Record<string, string>>;
  /** Queue a fault for `vendor.operation`, `vendor.*` or `*`; resolves to its id. */
  fail(operation: string, fault: string, options?: RuleOptions): Promise<string>;
  /** Queue what is read in the next picture: lines, or the fields of a document. */
  answers(
    operation: string,
    answer: readonly (string | Line)[] | Fields,
    options?: RuleOptions,
  ): Promise<string>;
  quota(operation: string, limits: Limits): Promise<unknown>;
  /** The account's requests, newest first. */
  requests(
    operation?: string,
    filters?: { code?: string; status?: string; refused?: "true" | "false"; limit?: string },
  ): Promise<RequestRow[]>;
  /** Freeze the account's clock (`now`), move it by seconds (`advance`), or release it (nothing). */
  clock(setting?: { now?: Date | string; advance?: number }): Promise<unknown>;
  specimen(kind: string, seed?: number): Promise<Specimen>;
  /** Remove the account's faults, answers, quotas and clock. */
  reset(): Promise<void>;
  /** Delete the account. */
  close(): Promise<void>;
}

/** A fresh account on the server of MOCKOCR_URL, or on one that is started once for this process. */
export function start(): Promise<Mock>;

/** The URL of the server of MOCKOCR_URL, or of the one that this process starts at the first call. */
export function serverUrl(): Promise<string>;

/** Stop the server that this process started, if it did. */
export function stop(): Promise<void>;
