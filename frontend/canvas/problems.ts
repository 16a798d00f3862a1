import type { Diagnostic } from "../api/types";

export type ProblemTone = "danger" | "warn" | "none";

export function problemTone(problems: readonly Diagnostic[]): ProblemTone {
  if (problems.some(({ severity }) => severity === "error")) return "danger";
  return problems.some(({ severity }) => severity === "warning")
    ? "warn"
    : "none";
}
