import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const binary = resolve("millrace");

/** A real `millrace serve` with a data folder of its own. */
export interface Server {
  readonly address: string;
  readonly port: number;
  /** The one-time token of the printed address. */
  readonly token: string;
  readonly data: string;
  /** Ends the process and waits until it is gone; the data folder stays. */
  stop(): Promise<void>;
}

/** The API token that the tests use beside the browser's session, only to check. */
const bearer = "browser-tests-browser-tests-0001";

export function newFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `millrace-${name}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the binary; with a port it listens there, so that a restarted server has its old address. */
export async function start(
  data: string,
  { port = 0, flags = [] }: { port?: number; flags?: string[] } = {},
): Promise<Server> {
  if (!existsSync(binary))
    throw new Error(`${binary} is not there: run make build`);
  const child = spawn(
    binary,
    ["serve", "--listen", `127.0.0.1:${port}`, "--data", data, ...flags],
    {
      env: { ...process.env, MILLRACE_TOKEN: bearer },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  process.once("exit", () => child.kill());
  const log = tail(child);
  const line = await firstLine(child, log);
  const match = /http:\/\/127\.0\.0\.1:(\d+)\/\?token=(\S+)/.exec(line);
  if (!match?.[1] || !match[2]) throw new Error(`no address in "${line}"`);
  return {
    address: `http://127.0.0.1:${match[1]}`,
    port: Number(match[1]),
    token: match[2],
    data,
    stop: () => stop(child),
  };
}

/** The last that the server had to say: shown when it does not start. */
function tail(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4000);
  });
  return () => text;
}

function firstLine(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((done, fail) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) done(text);
    });
    child.once("exit", (code) => {
      fail(new Error(`millrace ended with ${code}: ${text}${log()}`));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      done();
      return;
    }
    child.once("exit", () => done());
    child.kill("SIGTERM");
  });
}

/** Asks the server as a script would; with a body it posts. */
export async function api<T>(
  server: Server,
  path: string,
  body?: object,
): Promise<T> {
  const answer = await fetch(`${server.address}/api/v1/${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      Authorization: `Bearer ${bearer}`,
      "Content-Type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
