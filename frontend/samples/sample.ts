import {
  isObject,
  type Json,
  nodeName,
  type PipelineDocument,
  type PipelineNode,
  type RowKind,
  type Sample,
  type SampleRow,
  valueAt,
} from "../document/document";
import type { Edit } from "../document/edits";
import type { Column } from "../document/analysis";
import { type GridColumn, kinded } from "./gridRows";

/** What the server takes of a sample at most. */
export const mostRows = 1000;
export const mostBytes = 256 * 1024;

export function sampleOf(
  document: PipelineDocument,
  id: string,
): Sample | undefined {
  const { samples } = document;
  return samples && Object.hasOwn(samples, id) ? samples[id] : undefined;
}

/** Whether previews read the sample in the source's stead. */
export function isInUse(sample: Sample | undefined): sample is Sample {
  return sample !== undefined && sample.live !== true;
}

/** The samples that previews read now, by source. */
export function samplesInUse(
  document: PipelineDocument,
): Record<string, Sample> {
  return Object.fromEntries(
    Object.entries(document.samples ?? {}).filter(
      ([id, sample]) => isInUse(sample) && document.nodes[id],
    ),
  );
}

/** The columns that a sample gives values of: all of the source's but the computed ones. */
export function fillable(
  source: PipelineNode,
  columns: readonly Column[],
): GridColumn[] {
  const declared = valueAt(source.config, "table.columns");
  const computed = new Set(
    (Array.isArray(declared) ? declared : []).map((column) =>
      isObject(column) && column["expression"] ? column["name"] : undefined,
    ),
  );
  return columns
    .filter(({ name }) => !computed.has(name))
    .map(({ name, type, nullable }) => ({
      name,
      type:
        nullable === false && !type.endsWith("NOT NULL")
          ? `${type} NOT NULL`
          : type,
    }));
}

/** The sample with a place for every column of the source; columns that it no longer has stand behind, marked. */
export function fitted(
  sample: Sample,
  columns: readonly GridColumn[],
): { columns: GridColumn[]; rows: SampleRow[] } {
  const known = new Set(columns.map(({ name }) => name));
  const gone = sample.columns
    .filter((name) => !known.has(name))
    .map((name) => ({
      name,
      type: "",
      problem: "The source has no such column to fill in.",
    }));
  // Before Flink has told the columns, none of them is wrong.
  const all =
    columns.length > 0
      ? [...columns, ...gone]
      : sample.columns.map((name) => ({ name, type: "" }));
  const places = all.map(({ name }) => sample.columns.indexOf(name));
  const rows = sample.rows.map((row) => ({
    ...row,
    values: places.map((place) => row.values[place] ?? null),
  }));
  return { columns: all, rows };
}

/** Whether the source's rows are changes: its sample has other kinds, or its connector or format makes them. */
export function isChangelog(
  document: PipelineDocument,
  id: string,
  rows: readonly SampleRow[],
): boolean {
  if (rows.some(({ kind }) => kind !== undefined && kind !== "+I")) return true;
  const options = valueAt(document.nodes[id]?.config ?? {}, "table.options");
  if (!isObject(options)) return false;
  const connector = String(options["connector"] ?? "");
  const formats = [options["format"], options["value.format"]].map(String);
  return (
    connector === "upsert-kafka" ||
    connector.endsWith("-cdc") ||
    formats.some((format) => /^(debezium|canal|maxwell|ogg)-/.test(format))
  );
}

/** The newest rows as a sample; `mask` makes a stand-in of a value, for the columns that are masked. */
export function pinned(
  rows: readonly { kind: RowKind; values: readonly unknown[] }[],
  from: readonly { name: string }[],
  columns: readonly GridColumn[],
  masked: ReadonlySet<string>,
  mask: (value: Json, type: string) => Json,
): Sample {
  const kept = columns.filter(({ name }) => from.some((c) => c.name === name));
  const places = kept.map(({ name }) => from.findIndex((c) => c.name === name));
  return {
    columns: kept.map(({ name }) => name),
    rows: rows.slice(-mostRows).map(({ kind, values }) =>
      kinded(
        kept.map(({ name, type }, at) => {
          const value = (values[places[at] ?? -1] ?? null) as Json;
          return masked.has(name) ? mask(value, type) : value;
        }),
        kind,
      ),
    ),
  };
}

/** About how many bytes the server will count. */
export function sizeOf(sample: Sample): number {
  return new TextEncoder().encode(JSON.stringify(sample)).length;
}

/** The sample without its last rows, as far as it is too large for the server. */
export function cutToSize(sample: Sample): { sample: Sample; cut: number } {
  let bytes = sizeOf({ ...sample, rows: [] });
  let kept = 0;
  for (const row of sample.rows.slice(0, mostRows)) {
    bytes += new TextEncoder().encode(JSON.stringify(row)).length + indent;
    if (bytes > mostBytes) break;
    kept++;
  }
  const cut = sample.rows.length - kept;
  return {
    sample: cut > 0 ? { ...sample, rows: sample.rows.slice(0, kept) } : sample,
    cut,
  };
}

// The comma, the line end and the blanks before each row of the document.
const indent = 10;

export function setSample(
  document: PipelineDocument,
  id: string,
  sample: Sample,
  what: string,
): Edit {
  return {
    label: `${what} of the sample of ${nodeName(document, id)}`,
    operations: [{ op: "set", path: ["samples", id], value: sample }],
  };
}

/** A whole new sample, in use at once. */
export function takeSample(
  document: PipelineDocument,
  id: string,
  { columns, rows }: Sample,
  label: string,
): Edit {
  return {
    label: `${label} as the sample of ${nodeName(document, id)}`,
    operations: [
      { op: "set", path: ["samples", id], value: { columns, rows } },
    ],
  };
}

/** Has previews read the source itself, or its sample. A source without a sample gets an empty one. */
export function readLive(
  document: PipelineDocument,
  id: string,
  live: boolean,
  columns: readonly GridColumn[],
): Edit {
  const name = nodeName(document, id);
  const label = live ? `Read ${name} live` : `Read ${name} from its sample`;
  const sample = sampleOf(document, id);
  if (!sample && live) return { label, operations: [] };
  if (!sample) {
    const value = { columns: columns.map((column) => column.name), rows: [] };
    return {
      label,
      operations: [{ op: "set", path: ["samples", id], value }],
    };
  }
  return {
    label,
    operations: [{ op: "set", path: ["samples", id, "live"], value: live }],
  };
}

export function deleteSample(document: PipelineDocument, id: string): Edit {
  return {
    label: `Delete the sample of ${nodeName(document, id)}`,
    operations: [{ op: "delete", path: ["samples", id] }],
  };
}
