import {
  ArrowDown,
  CircleDot,
  CircleSlash,
  HelpCircle,
  MoveRight,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Trace } from "../api/types";
import { NodeLink } from "../canvas/NodeLink";
import { type PipelineDocument, valueAt } from "../document/document";
import { Button } from "../ui/Button";
import { plural } from "../ui/format";
import { followSample } from "./following";
import type { Path, Step, Stopped } from "./path";
import { PieceList } from "./PieceList";
import { RowsTable } from "./RowsTable";
import { sizeOf, stopWords } from "./words";

interface Run {
  document: PipelineDocument;
  trace: Trace;
}

/** One node of the way: the rows there, or why there are none. */
export function PathStep({
  document,
  trace,
  path,
  step,
}: Run & { path: Path; step: Step }) {
  const { node, side, rows, stopped, unknown } = step;
  const isStop = stopped.length > 0 && rows.length === 0;
  const from = trace.nodes[path.node]?.rows[path.row]?.from ?? {};
  const isSample = side === "before" && Object.hasOwn(from, node);
  return (
    <li
      data-testid={`step-${document.nodes[node]?.name ?? node}`}
      data-side={side}
      data-stopped={isStop || undefined}
      className="relative flex gap-2 pb-3 not-last:before:absolute not-last:before:top-5 not-last:before:bottom-0 not-last:before:left-[7px] not-last:before:w-px not-last:before:bg-border"
    >
      <StepIcon step={step} isStop={isStop} />
      <div className="flex min-w-0 flex-1 flex-col gap-1 text-xs">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <NodeLink node={node} />
          <span className="text-muted">{words(trace, step, isSample)}</span>
        </p>
        {unknown && <Unknown trace={trace} node={node} unknown={unknown} />}
        {isSample ? (
          <SampleRows document={document} source={node} places={from[node]} />
        ) : (
          rows.length > 0 && <NodeRows trace={trace} node={node} rows={rows} />
        )}
        {side !== "before" && rows.length > 0 && (
          <TheSet document={document} trace={trace} step={step} />
        )}
        {stopped.map((stop) => (
          <StoppedHere
            key={stop.from}
            document={document}
            trace={trace}
            node={node}
            stop={stop}
          />
        ))}
      </div>
    </li>
  );
}

function words(trace: Trace, step: Step, isSample: boolean): string {
  if (step.side === "here") return "the row that is followed";
  if (isSample) return "its sample";
  if (step.rows.length === 0) return "";
  const isSet = trace.nodes[step.node]?.set === true;
  return isSet && step.side === "behind"
    ? "made into a set"
    : plural(step.rows.length, "row");
}

function StepIcon({ step, isStop }: { step: Step; isStop: boolean }) {
  const look = "relative mt-0.5 size-3.75 shrink-0 bg-surface";
  if (step.unknown)
    return <HelpCircle className={`${look} text-faint`} aria-label="Unknown" />;
  if (isStop)
    return (
      <CircleSlash className={`${look} text-danger`} aria-label="Stopped" />
    );
  if (step.side === "here")
    return (
      <CircleDot className={`${look} text-accent`} aria-label="Followed" />
    );
  const Icon = step.side === "before" ? ArrowDown : MoveRight;
  return <Icon className={`${look} text-muted`} aria-hidden="true" />;
}

function Unknown({
  trace,
  node,
  unknown,
}: {
  trace: Trace;
  node: string;
  unknown: NonNullable<Step["unknown"]>;
}) {
  const told = trace.diagnostics.filter((d) => d.node === node);
  if (unknown === "untraced")
    return (
      <p className="text-muted">
        Rows cannot be followed through this node: what it does with single rows
        is not known.
      </p>
    );
  return (
    <p className="text-muted">
      It is not part of the run.{" "}
      {told.map((d) => `${d.summary}. ${d.detail}`).join(" ")}
    </p>
  );
}

function NodeRows({
  trace,
  node,
  rows,
}: {
  trace: Trace;
  node: string;
  rows: readonly number[];
}) {
  const traced = trace.nodes[node];
  return (
    <RowsTable
      label="Rows of the way"
      columns={traced?.columns.map(({ name }) => name) ?? []}
      rows={rows.flatMap((at) => {
        const row = traced?.rows[at];
        return row ? [{ key: at, kind: row.kind, values: row.values }] : [];
      })}
    />
  );
}

/** Rows of a source's sample; one of them can be followed in turn. */
function SampleRows({
  document,
  source,
  places = [],
}: {
  document: PipelineDocument;
  source: string;
  places: readonly number[] | undefined;
}) {
  const sample = document.samples?.[source];
  if (!sample) return null;
  return (
    <RowsTable
      label="Rows of the sample"
      columns={sample.columns}
      rows={places.flatMap((place) => {
        const row = sample.rows[place];
        const kind = row?.kind ?? "+I";
        return row ? [{ key: place + 1, kind, values: row.values }] : [];
      })}
      rowTitle="Follow row"
      onRow={({ key }) => followSample(source, Number(key) - 1)}
    />
  );
}

/** The rows of the samples that a group or a window is made of. */
function TheSet({
  document,
  trace,
  step,
}: Run & {
  step: Step;
}) {
  const [open, setOpen] = useState(false);
  const traced = trace.nodes[step.node];
  const row = traced?.rows[step.rows.at(-1) ?? -1];
  if (!traced?.set || !row) return null;
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-expanded={open}
        className="self-start"
        onClick={() => setOpen(!open)}
      >
        A set of {plural(sizeOf(row), "row")}: {open ? "hide" : "show"} them
      </Button>
      {open &&
        Object.entries(row.from).map(([source, places]) => (
          <Titled key={source} title={<NodeLink node={source} />}>
            <SampleRows document={document} source={source} places={places} />
          </Titled>
        ))}
    </>
  );
}

function Titled({
  title,
  children,
}: {
  title: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-col items-start gap-1 pl-2">
      {title}
      {children}
    </div>
  );
}

function StoppedHere({
  document,
  trace,
  node,
  stop,
}: Run & { node: string; stop: Stopped }) {
  const input = trace.nodes[stop.from];
  const row = input?.rows[stop.rows[0] ?? -1];
  const isFilter = document.nodes[node]?.kind === "filter";
  const condition = valueAt(document.nodes[node]?.config ?? {}, "condition");
  return (
    <div className="flex flex-col gap-1">
      <p className="wrap-anywhere" data-testid="stopped">
        <span className="font-medium text-danger">
          {stop.rows.length > 1
            ? `${plural(stop.rows.length, "row")} stopped here:`
            : "Stopped here:"}
        </span>{" "}
        {stopWords(document, trace, node, stop)}
      </p>
      {isFilter && row && typeof condition === "string" && (
        <PieceList
          node={node}
          expression={condition}
          rows={{ [stop.from]: row.values }}
        />
      )}
    </div>
  );
}
