import { CircleAlert, Code, Info, TriangleAlert } from "lucide-react";
import type { Imported } from "../api/types";
import { type Excerpt, type FindingGroup, groupFindings } from "./findings";

const icons = {
  errors: <CircleAlert size={14} className="text-danger" />,
  warnings: <TriangleAlert size={14} className="text-warn" />,
  kept: <Code size={14} className="text-kind-code" />,
  notes: <Info size={14} className="text-muted" />,
} satisfies Record<FindingGroup["id"], unknown>;

const marks: Record<FindingGroup["id"], string> = {
  errors:
    "bg-transparent text-text underline decoration-danger decoration-wavy underline-offset-2",
  warnings:
    "bg-transparent text-text underline decoration-warn decoration-wavy underline-offset-2",
  kept: "bg-transparent text-text",
  notes: "bg-transparent text-text",
};

/** The dialog is filled by the script itself: what was found must not stay below its end. */
function bringIntoView(findings: HTMLElement | null): void {
  findings?.scrollIntoView({ block: "nearest" });
}

type OnGo = (excerpt: Excerpt) => void;

/** What the script's reader found, the worst first, each with the characters that it is about. */
export function ImportFindings({
  imported,
  script,
  onGo,
}: {
  imported: Imported;
  script: string;
  /** A finding's line was chosen: its characters are to be shown in the script. */
  onGo: OnGo;
}) {
  const nodes = Object.keys(imported.document.nodes).length;
  return (
    <section
      ref={bringIntoView}
      aria-label="Findings"
      className="flex flex-col gap-3 text-sm"
    >
      <p className="text-muted">
        {nodes} {nodes === 1 ? "node" : "nodes"} came of the script.
      </p>
      {groupFindings(imported, script).map((group) => (
        <Group key={group.id} group={group} onGo={onGo} />
      ))}
    </section>
  );
}

function Group({ group, onGo }: { group: FindingGroup; onGo: OnGo }) {
  return (
    <div data-testid={`findings-${group.id}`}>
      <h3 className="mb-1 flex items-center gap-1.5 text-xs font-semibold">
        {icons[group.id]}
        {group.title}
        <span className="font-normal text-faint">{group.findings.length}</span>
      </h3>
      <ul className="divide-y rounded-md border">
        {group.findings.map(({ excerpt, ...finding }, index) => (
          <li
            key={`${index} ${finding.summary}`}
            className="grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-2 px-2.5 py-1.5"
          >
            {excerpt ? (
              <button
                type="button"
                title="Show it in the script"
                className="self-start text-left text-xs leading-5 text-muted underline decoration-dotted hover:text-text"
                onClick={() => onGo(excerpt)}
              >
                Line {finding.line}
              </button>
            ) : (
              <span />
            )}
            <div className="min-w-0">
              <p className="wrap-anywhere">
                {finding.node && (
                  <span className="mr-1.5 font-mono text-xs">
                    {finding.node}
                  </span>
                )}
                <span className="font-medium">{finding.summary}.</span>{" "}
                <span className="text-muted">{finding.detail}</span>
              </p>
              {excerpt && (
                <pre className="mt-1 line-clamp-4 rounded-sm bg-sunken px-1.5 py-1 font-mono text-2xs whitespace-pre-wrap text-muted">
                  {excerpt.before}
                  <mark className={marks[group.id]}>{excerpt.marked}</mark>
                  {excerpt.after}
                </pre>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
