import type { Imported } from "../api/types";

/** A finding of an import, its place and its text apart from what is said about it. */
interface ImportFinding {
  summary: string;
  detail: string;
  /** 1-based; undefined when the finding is about no single place. */
  line: number | undefined;
  /** The text that it is about; "" for none. */
  text: string;
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

/** The findings in groups, the worst first; none that is empty. */
export function groupFindings({
  diagnostics,
  document,
}: Imported): FindingGroup[] {
  const groups = new Map<FindingGroup["id"], ImportFinding[]>();
  for (const diagnostic of diagnostics) {
    const id = groupOf(diagnostic);
    const node = document.nodes[diagnostic.node]?.name ?? "";
    const finding = {
      summary: diagnostic.summary,
      node,
      ...partsOf(diagnostic.detail),
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

const PLACE = /^Line (\d+)(?:, column \d+)?: /;
const TEXT = " The text was: ";

/** The reader puts the line before and the text behind what it says, for those who see nothing but the sentence. */
function partsOf(
  detail: string,
): Pick<ImportFinding, "detail" | "line" | "text"> {
  const place = PLACE.exec(detail);
  const said = detail.slice(place?.[0].length ?? 0);
  const at = said.indexOf(TEXT);
  return {
    line: place ? Number(place[1]) : undefined,
    detail: at < 0 ? said : said.slice(0, at),
    text: at < 0 ? "" : said.slice(at + TEXT.length),
  };
}
