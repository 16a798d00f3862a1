import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const binary = resolve("millrace");

/** Server is a real `millrace serve` on a free port with a data folder of its own. */
export interface Server {
  readonly address: string;
  readonly token: string;
  readonly data: string;
  /** stop ends the process and waits until it is gone; the data folder stays. */
  stop(): Promise<void>;
}

/** API token that the tests use beside the browser's session. */
export const bearer = "browser-tests-browser-tests-0001";

export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), "millrace-e2e-"));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** start runs the binary; with a port it listens there, so that a restarted server has its old address. */
export async function start(data: string, port = 0): Promise<Server> {
  const child = spawn(
    binary,
    ["serve", "--listen", `127.0.0.1:${port}`, "--data", data],
    {
      env: { ...process.env, MILLRACE_TOKEN: bearer },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const line = await firstLine(child);
  const match = /(http:\/\/127\.0\.0\.1:\d+)\/\?token=(\S+)/.exec(line);
  if (!match?.[1] || !match[2]) throw new Error(`no address in "${line}"`);
  return {
    address: match[1],
    token: match[2],
    data,
    stop: () => stop(child),
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolveLine, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolveLine(text);
    });
    child.once("exit", (code) => {
      reject(new Error(`millrace ended with ${code}: ${text}`));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null) {
      done();
      return;
    }
    child.once("exit", () => {
      done();
    });
    child.kill("SIGTERM");
  });
}

/** api asks the server as a script would. */
export async function api<T>(server: Server, path: string): Promise<T> {
  const answer = await fetch(`${server.address}/api/v1/${path}`, {
    headers: { Authorization: `Bearer ${bearer}` },
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

const delayBand = `package flights;

import org.apache.flink.table.functions.ScalarFunction;

public class DelayBand extends ScalarFunction {
  public String eval(Integer delay) {
    if (delay == null) return null;
    return delay > 60 ? "very late" : delay > 15 ? "late" : "on time";
  }
}
`;

/** compileFunction builds a JAR with one scalar function, flights.DelayBand, against the engine's own jars. */
export function compileFunction(folder: string): string {
  const source = join(folder, "flights", "DelayBand.java");
  mkdirSync(join(folder, "flights"), { recursive: true });
  writeFileSync(source, delayBand);
  execFileSync("javac", ["-cp", `${flinkJars()}/*`, "-d", folder, source]);
  const jar = join(folder, "delay-band.jar");
  execFileSync("jar", ["cf", jar, "-C", folder, "flights/DelayBand.class"]);
  return jar;
}

function flinkJars(): string {
  const cache =
    process.env["MILLRACE_FLINK_CACHE"] ??
    join(
      process.env["XDG_CACHE_HOME"] ?? join(process.env["HOME"] ?? "/", ".cache"),
      "millrace",
    );
  const resolved = readdirSync(cache)
    .map((name) => join(cache, name, "lib"))
    .find((lib) => {
      try {
        return readdirSync(lib).some((jar) =>
          jar.startsWith("flink-table-api-java-uber"),
        );
      } catch {
        return false;
      }
    });
  if (!resolved) throw new Error(`no jars of Flink under ${cache}`);
  return resolved;
}
