import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What finished files hold; Flink gives those that are still written a name with a dot in front. */
export function linesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .filter((line) => line !== "");
}

/** Flink writes file:/a/b, Node wants file:///a/b. */
export function folderOf(url: string): string {
  return fileURLToPath(url.replace(/^file:\/*/, "file:///"));
}
