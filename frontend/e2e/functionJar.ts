import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const delayBand = `package flights;

import org.apache.flink.table.functions.ScalarFunction;

public class DelayBand extends ScalarFunction {
  public String eval(Integer delay) {
    if (delay == null) return null;
    return delay > 60 ? "very late" : delay > 15 ? "late" : "on time";
  }
}
`;

/** Builds a JAR with one scalar function, flights.DelayBand, against the engine's own jars, which must be there. */
export function functionJar(folder: string): string {
  const source = join(folder, "flights", "DelayBand.java");
  mkdirSync(join(folder, "flights"), { recursive: true });
  writeFileSync(source, delayBand);
  execFileSync("javac", ["-cp", `${flinkJars()}/*`, "-d", folder, source]);
  const jar = join(folder, "delay-band.jar");
  const entry = "flights/DelayBand.class";
  execFileSync("jar", ["cf", jar, "-C", folder, entry]);
  return jar;
}

function flinkJars(): string {
  const { MILLRACE_FLINK_CACHE, XDG_CACHE_HOME } = process.env;
  const cache =
    MILLRACE_FLINK_CACHE ??
    join(XDG_CACHE_HOME ?? join(homedir(), ".cache"), "millrace");
  const found = readdirSync(cache, { recursive: true, encoding: "utf8" }).find(
    (name) => name.includes("flink-table-api-java-uber"),
  );
  if (found === undefined) throw new Error(`no jars of Flink under ${cache}`);
  return join(cache, found, "..");
}
