import type { Imported } from "../api/types";
import { type Placed, placed } from "../sql/answers";

/** The characters that a finding is about, with the rest of the lines that they begin and end in. */
export interface Excerpt {
  before: string;
  marked: string;
  after: string;
  /** Where the marked characters stand in the script, in UTF-16 units. */
  from: number;
  to: number;
}

/** A finding of an import, its place apart from what is said about it. */
interface ImportFinding {
  summary: string;
  detail: string;
  /** 1-based; undefined when the finding is about no single place. */
  line: number | undefined;
  /** undefined when it is about no characters. */
  excerpt: Excerpt | undefined;
  /** The node that came of it; "" for none. */
  node: string;
}

export interface FindingGroup {
  id: "errors" | "warnings" | "kept" | "notes";
  title: string;
  findings: ImportFinding[];
}

const titles: Record<FindingGroup["id"], string> = {
  errors: "Not imported",
  warnings: "To look at",
  kept: "Kept as SQL nodes",
  notes: "Notes",
};

/** The findings about a script in groups, the worst first; none that is empty. */
export function groupFindings(
  { diagnostics, document }: Imported,
  script: string,
): FindingGroup[] {
  const groups = new Map<FindingGroup["id"], ImportFinding[]>();
  for (const found of placed(diagnostics, script)) {
    const id = groupOf(found);
    const nowhere = found.from === found.to;
    const finding = {
      summary: found.summary,
      node: document.nodes[found.node]?.name ?? "",
      detail: sentenceOf(found.detail),
      line: nowhere ? undefined : found.line,
      excerpt: nowhere ? undefined : excerptOf(found, script),
    };
    groups.set(id, [...(groups.get(id) ?? []), finding]);
  }
  const order: FindingGroup["id"][] = ["errors", "warnings", "kept", "notes"];
  return order.flatMap((id) => {
    const findings = groups.get(id);
    return findings ? [{ id, title: titles[id], findings }] : [];
  });
}

function groupOf({
  severity,
  code,
}: Imported["diagnostics"][number]): FindingGroup["id"] {
  if (severity === "error") return "errors";
  if (code === "kept-as-sql") return "kept";
  return severity === "warning" ? "warnings" : "notes";
}

const PLACE = /^Line \d+(?:, column \d+)?: /;
const TEXT = " The text was: ";

/** The reader puts the line before and the text behind what it says, for those who see nothing but the sentence. */
function sentenceOf(detail: string): string {
  const [said = ""] = detail.replace(PLACE, "").split(TEXT);
  return said;
}

function excerptOf({ from, to }: Placed, script: string): Excerpt {
  const start = script.lastIndexOf("\n", from - 1) + 1;
  const rest = script.slice(to).search(/\n|$/);
  return {
    before: from === 0 ? "" : script.slice(start, from),
    marked: script.slice(from, to),
    after: script.slice(to, to + rest),
    from,
    to,
  };
}
