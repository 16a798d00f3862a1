import { Play, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Mode, PipelineTest } from "../document/document";
import { documentStore, useDocument } from "../document/store";
import { useDraft } from "../inspector/useDraft";
import { useEngine } from "../live/hooks";
import { Button } from "../ui/Button";
import { inputClass } from "../ui/Field";
import { IconButton } from "../ui/IconButton";
import { ProblemNote } from "../ui/ProblemNote";
import { AddPart } from "./AddPart";
import { change } from "./changeTest";
import { chooseTest, type Part } from "./chosen";
import { ExpectationEditor } from "./ExpectationEditor";
import { useRunTests, useTestState } from "./results";
import { deleteTest, modesOf, testOf, withModes } from "./test";
import { TestResults } from "./TestResults";
import { TestSample } from "./TestSample";

/** One test: its name and modes, and one of its parts at a time. */
export function TestEditor({
  pipeline,
  id,
  part,
}: {
  pipeline: string;
  id: string;
  part: Part;
}) {
  const test = useDocument(({ document }) => testOf(document, id));
  if (!test) return null;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col @max-2xl:min-h-72">
      <Head pipeline={pipeline} id={id} test={test} />
      <Parts pipeline={pipeline} id={id} test={test} part={part} />
      <Shown pipeline={pipeline} id={id} test={test} part={part} />
    </div>
  );
}

function Head({
  pipeline,
  id,
  test,
}: {
  pipeline: string;
  id: string;
  test: PipelineTest;
}) {
  const run = useRunTests(pipeline);
  const { running } = useTestState(pipeline, id);
  const ready = useEngine().state === "ready";
  const name = useDraft(test.name, (text, burst) =>
    change(
      id,
      (now) => ({ ...now, name: text }),
      `Rename the test ${id}`,
      burst,
    ),
  );
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-2 py-1">
        <input
          aria-label="Name of the test"
          className={`${inputClass} h-6 w-44! text-xs!`}
          value={name.text}
          onChange={({ target }) => name.onChange(target.value)}
          onFocus={name.onFocus}
          onBlur={name.onBlur}
        />
        <Modes id={id} test={test} />
        <div className="ml-auto flex items-center gap-1">
          <Button
            size="sm"
            icon={<Play size={13} />}
            busy={running}
            disabled={!ready}
            data-testid="run-test"
            onClick={() => {
              chooseTest(pipeline, id);
              run.mutate([id]);
            }}
          >
            Run
          </Button>
          <IconButton
            size="sm"
            aria-label="Delete the test"
            onClick={() => {
              const { document } = documentStore.api.getState();
              documentStore.edit(deleteTest(document, id));
            }}
          >
            <Trash2 size={13} />
          </IconButton>
        </div>
      </div>
      {run.error && (
        <div className="border-b p-2">
          <ProblemNote error={run.error} title="The test did not run" />
        </div>
      )}
    </>
  );
}

const allModes = ["streaming", "batch"] as const;

function Modes({ id, test }: { id: string; test: PipelineTest }) {
  const own = useDocument(({ document }) => document.mode);
  const modes = test.modes?.length ? test.modes : [own];
  const toggle = (mode: Mode, on: boolean) => {
    const { document } = documentStore.api.getState();
    change(
      id,
      (now) => {
        const others = modesOf(document, now).filter((one) => one !== mode);
        return withModes(document, now, on ? [...others, mode] : others);
      },
      `Choose the modes of ${test.name}`,
    );
  };
  return (
    <fieldset className="flex items-center gap-2 text-xs">
      <legend className="sr-only">Modes to run in</legend>
      {allModes.map((mode) => (
        <label key={mode} className="flex items-center gap-1">
          <input
            type="checkbox"
            checked={modes.includes(mode)}
            disabled={modes.length === 1 && modes[0] === mode}
            onChange={({ target }) => toggle(mode, target.checked)}
          />
          {mode}
        </label>
      ))}
    </fieldset>
  );
}

function Parts({
  pipeline,
  id,
  test,
  part,
}: {
  pipeline: string;
  id: string;
  test: PipelineTest;
  part: Part;
}) {
  const nodes = useDocument(({ document }) => document.nodes);
  const tab = (to: Part, title: ReactNode) => {
    const same =
      to.kind === part.kind &&
      (to.kind === "result" || ("node" in part && part.node === to.node));
    return (
      <button
        key={to.kind === "result" ? "" : `${to.kind} ${to.node}`}
        type="button"
        aria-pressed={same}
        className="h-6 shrink-0 rounded-md px-2 text-xs text-muted hover:bg-hover aria-pressed:bg-selected aria-pressed:text-text"
        onClick={() => chooseTest(pipeline, id, to)}
      >
        {title}
      </button>
    );
  };
  const named = (title: string, node: string) => (
    <>
      {title} <span className="font-mono">{nodes[node]?.name ?? node}</span>
    </>
  );
  return (
    <div
      role="group"
      aria-label="Parts of the test"
      className="flex shrink-0 flex-wrap items-center gap-1 border-b px-2 py-0.5"
    >
      {tab({ kind: "result" }, "Result")}
      {Object.keys(test.expect).map((node) =>
        tab({ kind: "expect", node }, named("expects of", node)),
      )}
      {Object.keys(test.samples).map((node) =>
        tab({ kind: "sample", node }, named("reads", node)),
      )}
      <AddPart pipeline={pipeline} id={id} test={test} />
    </div>
  );
}

function Shown({
  pipeline,
  id,
  test,
  part,
}: {
  pipeline: string;
  id: string;
  test: PipelineTest;
  part: Part;
}) {
  const expectation = part.kind === "expect" && test.expect[part.node];
  if (expectation)
    return (
      <ExpectationEditor
        key={part.node}
        pipeline={pipeline}
        id={id}
        node={part.node}
        expectation={expectation}
      />
    );
  const sample = part.kind === "sample" && test.samples[part.node];
  if (sample)
    return (
      <TestSample key={part.node} id={id} source={part.node} sample={sample} />
    );
  return <TestResults pipeline={pipeline} id={id} />;
}
