import { ClipboardCheck, Play, Plus } from "lucide-react";
import { useShallow } from "zustand/react/shallow";
import { documentStore, useDocument } from "../document/store";
import { useEngine, useLivePreview } from "../live/hooks";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { ProblemNote } from "../ui/ProblemNote";
import { chooseTest, useChosenTest } from "./chosen";
import { expectNow } from "./ExpectThis";
import { useRunTests } from "./results";
import { samplesInUse } from "./sample";
import { addTest, mostTests } from "./test";
import { TestEditor } from "./TestEditor";
import { TestLine } from "./TestLine";
import { useExpectable } from "./useExpectable";

/** The pipeline's tests: what they expect, and what their last runs came to. */
export function TestsTab({
  pipeline,
  node,
}: {
  pipeline: string;
  node: string | null;
}) {
  const ids = useDocument(
    useShallow(({ document }) => Object.keys(document.tests ?? {})),
  );
  const chosen = useChosenTest(pipeline);
  const run = useRunTests(pipeline);
  const ready = useEngine().state === "ready";
  const test =
    chosen && ids.includes(chosen.test) ? chosen.test : (ids[0] ?? "");
  return (
    <section
      aria-label="Tests"
      data-testid="tests-tab"
      className="@container flex min-h-0 flex-1 flex-col bg-surface"
    >
      <div
        role="toolbar"
        aria-label="Tests"
        className="flex shrink-0 flex-wrap items-center gap-2 border-b px-2 py-1"
      >
        <Button
          size="sm"
          icon={<Play size={13} />}
          busy={run.isPending}
          disabled={ids.length === 0 || !ready}
          title={ready ? undefined : "Flink is not ready"}
          data-testid="run-all-tests"
          onClick={() => run.mutate(ids)}
        >
          Run all
        </Button>
        {node !== null && <ExpectNode pipeline={pipeline} node={node} />}
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus size={13} />}
          disabled={ids.length >= mostTests}
          onClick={() => newTest(pipeline)}
        >
          New test
        </Button>
      </div>
      {run.error && (
        <div className="border-b p-2">
          <ProblemNote error={run.error} title="The tests did not run" />
        </div>
      )}
      {test === "" ? (
        <EmptyState title="No tests yet">
          Preview the pipeline on samples, look at a node’s rows, and choose
          “Expect this”: from then on a run says what has changed.
        </EmptyState>
      ) : (
        <div className="flex min-h-0 flex-1 @max-2xl:flex-col @max-2xl:overflow-y-auto">
          <ul
            aria-label="Tests of the pipeline"
            className="w-56 shrink-0 overflow-y-auto border-r p-1 @max-2xl:max-h-20 @max-2xl:w-full @max-2xl:border-r-0 @max-2xl:border-b"
          >
            {ids.map((id) => (
              <TestLine
                key={id}
                pipeline={pipeline}
                id={id}
                chosen={id === test}
              />
            ))}
          </ul>
          <TestEditor
            key={test}
            pipeline={pipeline}
            id={test}
            part={chosen?.test === test ? chosen.part : { kind: "result" }}
          />
        </div>
      )}
    </section>
  );
}

/** Expects what the selected node has made, or says why that cannot be. */
function ExpectNode({ pipeline, node }: { pipeline: string; node: string }) {
  const preview = useLivePreview(pipeline);
  const { rows, why } = useExpectable(preview, node);
  const name = useDocument(({ document }) => document.nodes[node]?.name ?? "");
  return (
    <Button
      size="sm"
      icon={<ClipboardCheck size={13} />}
      disabled={!rows}
      title={why}
      onClick={() => {
        if (rows) expectNow(pipeline, node, rows);
      }}
    >
      Expect this of {name}
    </Button>
  );
}

function newTest(pipeline: string): void {
  const { document } = documentStore.api.getState();
  const made = { name: "test", samples: samplesInUse(document), expect: {} };
  const { test, ...edit } = addTest(document, made, "Add a test");
  if (documentStore.edit(edit)) chooseTest(pipeline, test);
}
