import { Minus, Plus, X } from "lucide-react";
import { useMemo, useRef } from "react";
import { NO_COLUMNS } from "../document/analysis";
import { useAnalysis } from "../document/AnalysisProvider";
import type { Expectation } from "../document/document";
import { useDocument } from "../document/store";
import { useDraft } from "../inspector/useDraft";
import { useLivePreview } from "../live/hooks";
import { Button } from "../ui/Button";
import { inputClass } from "../ui/Field";
import { IconButton } from "../ui/IconButton";
import { Segments } from "../ui/Segments";
import { Switch } from "../ui/Switch";
import { change } from "./changeTest";
import { DataGrid, type GridHandle, type GridProblems } from "./DataGrid";
import { expectedColumns, paddedRows, withParts } from "./expectation";
import { mostRows } from "./sample";
import { withExpectation } from "./test";

type Parts = Parameters<typeof withParts>[1];

/** What a test expects of one node: rows as a grid, how many, and a condition. */
export function ExpectationEditor({
  pipeline,
  id,
  node,
  expectation,
}: {
  pipeline: string;
  id: string;
  node: string;
  expectation: Expectation;
}) {
  const name = useDocument(
    ({ document }) => document.nodes[node]?.name ?? node,
  );
  const put = (parts: Parts, what: string, burst?: string) =>
    change(
      id,
      (test) => {
        const before = test.expect[node];
        return before
          ? withExpectation(test, node, withParts(before, parts))
          : test;
      },
      `${what} of what ${name} must give`,
      burst,
    );
  const remove = () =>
    change(
      id,
      (test) => withExpectation(test, node, undefined),
      `Expect nothing of ${name}`,
    );
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <Choices
        name={name}
        expectation={expectation}
        put={put}
        onRemove={remove}
      />
      {expectation.rows && (
        <Rows
          pipeline={pipeline}
          node={node}
          name={name}
          expectation={expectation}
          put={put}
        />
      )}
    </div>
  );
}

const views = [
  { value: "table", title: "Table" },
  { value: "changelog", title: "Changelog" },
] as const;

function Choices({
  name,
  expectation,
  put,
  onRemove,
}: {
  name: string;
  expectation: Expectation;
  put: (parts: Parts, what: string, burst?: string) => void;
  onRemove: () => void;
}) {
  const { rows, view, ordered, keys, count, holds } = expectation;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-2 py-1 text-xs">
      <Segments
        label="What the rows are compared with"
        options={views}
        value={view ?? "table"}
        onChange={(next) => put({ view: next }, "Choose the view")}
      />
      <Switch
        checked={rows !== undefined}
        onChange={(on) =>
          put(
            { rows: on ? [] : undefined },
            on ? "Compare the rows" : "Do not compare the rows",
          )
        }
      >
        Rows
      </Switch>
      {rows && (
        <>
          <Switch
            checked={ordered ?? false}
            onChange={(on) => put({ ordered: on }, "Choose the order")}
          >
            In this order
          </Switch>
          <Typed
            label="Key"
            title="Columns, parted by commas, by which a difference is told"
            width="w-24!"
            value={(keys ?? []).join(", ")}
            onText={(text, burst) =>
              put({ keys: listed(text) }, "Edit the key", burst)
            }
          />
        </>
      )}
      <Typed
        label="Count"
        title="How many rows there must be; nothing for any number"
        width="w-16!"
        value={count === undefined ? "" : String(count)}
        onText={(text, burst) => {
          if (/^\d{0,9}$/.test(text.trim()))
            put(
              { count: text.trim() === "" ? undefined : Number(text) },
              "Edit the count",
              burst,
            );
        }}
      />
      <Typed
        label="Holds"
        title="A SELECT of one boolean over the pipeline’s nodes"
        placeholder={`SELECT COUNT(*) > 0 FROM ${name}`}
        width="min-w-40 flex-1"
        value={holds ?? ""}
        onText={(text, burst) =>
          put({ holds: text.trim() }, "Edit the condition", burst)
        }
      />
      <IconButton
        size="sm"
        aria-label={`Expect nothing of ${name}`}
        onClick={onRemove}
      >
        <X size={13} />
      </IconButton>
    </div>
  );
}

function listed(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function Typed({
  label,
  title,
  placeholder,
  width,
  value,
  onText,
}: {
  label: string;
  title: string;
  placeholder?: string;
  width: string;
  value: string;
  onText: (text: string, burst: string) => void;
}) {
  const draft = useDraft(value, onText);
  return (
    <label
      title={title}
      className={`flex min-w-0 items-center gap-1.5 text-muted ${width.includes("flex-1") ? "flex-1" : ""}`}
    >
      {label}
      <input
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        className={`${inputClass} h-6 font-mono text-xs! ${width}`}
        value={draft.text}
        onChange={({ target }) => draft.onChange(target.value)}
        onFocus={draft.onFocus}
        onBlur={draft.onBlur}
      />
    </label>
  );
}

const noProblems: GridProblems = new Map();

function Rows({
  pipeline,
  node,
  name,
  expectation,
  put,
}: {
  pipeline: string;
  node: string;
  name: string;
  expectation: Expectation;
  put: (parts: Parts, what: string) => void;
}) {
  const grid = useRef<GridHandle>(null);
  const known = useNodeColumns(pipeline, node);
  const columns = useMemo(
    () => expectedColumns(expectation, known),
    [expectation, known],
  );
  const rows = useMemo(
    () => paddedRows(expectation.rows ?? [], columns.length),
    [expectation.rows, columns.length],
  );
  return (
    <div className="relative flex min-h-32 flex-1 flex-col">
      <DataGrid
        handle={grid}
        label={`Rows that ${name} must give`}
        columns={columns}
        rows={rows}
        kinds={expectation.view === "changelog"}
        problems={noProblems}
        most={mostRows}
        empty="No rows are expected: press Enter to add one, or paste some."
        onChange={(next, what) => put({ rows: next }, what)}
      />
      <div className="flex shrink-0 gap-1 border-t px-2 py-0.5">
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus size={13} />}
          onClick={() => grid.current?.addRow()}
        >
          Add row
        </Button>
        <Button
          size="sm"
          variant="ghost"
          icon={<Minus size={13} />}
          disabled={rows.length === 0}
          onClick={() => grid.current?.removeRows()}
        >
          Remove rows
        </Button>
      </div>
    </div>
  );
}

/** The node's columns: as its rows had them, else as Flink tells them. */
function useNodeColumns(pipeline: string, node: string) {
  const previewed = useLivePreview(pipeline)?.nodes[node]?.columns;
  const told = useAnalysis().columns.get(node) ?? NO_COLUMNS;
  const names = told.length > 0 ? told : (previewed ?? NO_COLUMNS);
  const text = JSON.stringify(names.map(({ name, type }) => ({ name, type })));
  return useMemo(
    () => JSON.parse(text) as { name: string; type: string }[],
    [text],
  );
}
