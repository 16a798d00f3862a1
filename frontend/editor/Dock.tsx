import { type ReactNode, useState } from "react";
import { useAnalysis } from "../document/AnalysisProvider";
import { useSelectedNode } from "../document/store";
import { JobPanel } from "../jobs/JobPanel";
import { RowsPanel } from "../preview/RowsPanel";
import { SampleTab } from "../samples/SampleTab";
import { TestsTab } from "../samples/TestsTab";
import { useAskedTab } from "../samples/askedTab";
import { useScriptProblems } from "../sql/drafts";
import { sameToken } from "../sql/spans";
import { SqlPane } from "../sql/SqlPane";
import { Tabs } from "../ui/Tabs";
import { BesideRows } from "../trace/BesideRows";
import { useEndFollowing } from "../trace/useEndFollowing";
import { ProblemsPanel } from "./ProblemsPanel";
import { useShowAdded, useShowNode } from "./showNode";

/** What lies below the canvas: the rows, the SQL, the problems and the job. */
export function Dock({ pipeline }: { pipeline: string }) {
  const [tab, setTab] = useState("rows");
  const [goTo, setGoTo] = useState<{ offset: number; number: number }>();
  const node = useSelectedNode();
  const showNode = useShowNode();
  useShowAdded(pipeline);
  useEndFollowing();
  useAskedTab(setTab);
  const showScript = (offset: number) => {
    setTab("sql");
    setGoTo({ offset, number: (goTo?.number ?? 0) + 1 });
  };
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <Tabs
        label="Below the canvas"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: "rows",
            title: <Title id="rows">Rows</Title>,
            content: (
              <BesideRows>
                <RowsPanel pipeline={pipeline} node={node ?? null} />
              </BesideRows>
            ),
          },
          {
            id: "sample",
            title: <Title id="sample">Sample</Title>,
            content: <SampleTab pipeline={pipeline} node={node ?? null} />,
          },
          {
            id: "tests",
            title: <Title id="tests">Tests</Title>,
            content: <TestsTab pipeline={pipeline} node={node ?? null} />,
          },
          {
            id: "sql",
            title: <Title id="sql">SQL</Title>,
            content: (
              <SqlPane
                goTo={goTo}
                onGo={({ node: id, field }, characters, offset) =>
                  showNode(id, field, (text) =>
                    sameToken(characters, offset, text),
                  )
                }
              />
            ),
          },
          {
            id: "problems",
            title: (
              <Title id="problems">
                Problems <ProblemCount />
              </Title>
            ),
            content: <ProblemsPanel onShowScript={showScript} />,
          },
          {
            id: "job",
            title: <Title id="job">Job</Title>,
            content: <JobPanel pipeline={pipeline} />,
          },
        ]}
      />
    </div>
  );
}

function Title({ id, children }: { id: string; children: ReactNode }) {
  return (
    <span data-testid={`tab-${id}`} className="flex items-center gap-1.5">
      {children}
    </span>
  );
}

function ProblemCount() {
  const { diagnostics } = useAnalysis();
  const inScript = useScriptProblems();
  const all = [...inScript, ...diagnostics];
  if (all.length === 0) return null;
  const bad = all.some(({ severity }) => severity === "error");
  return (
    <span
      className={`min-w-4.5 rounded-full px-1 text-center text-2xs ${bad ? "bg-danger-soft text-danger" : "bg-warn-soft text-warn"}`}
    >
      {all.length}
    </span>
  );
}
