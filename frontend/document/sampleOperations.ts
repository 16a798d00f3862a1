import {
  isObject,
  type Json,
  type JsonObject,
  type PipelineDocument,
  type PipelineTest,
  type Sample,
} from "./document";
import type { Operation } from "./operations";

// Operations on samples and tests, with the meaning that graph.Apply gives them on the server.

export function applySample(
  document: PipelineDocument,
  rest: string[],
  operation: Operation,
): PipelineDocument | string {
  const [id, part] = rest;
  if (id === undefined || rest.length > 2)
    return "A sample's path is its source.";
  if (part !== undefined) return applyLive(document, id, part, operation);
  if (operation.op === "delete") return withoutSample(document, id);
  if (!isSample(operation.value)) return `The sample of ${id} is not complete.`;
  const samples = { ...document.samples, [id]: operation.value };
  return { ...document, samples };
}

function applyLive(
  document: PipelineDocument,
  id: string,
  part: string,
  operation: Operation,
): PipelineDocument | string {
  if (part !== "live" || operation.op === "delete")
    return 'Of a sample, "live" can be set.';
  const sample = own(document.samples, id);
  if (!sample) return `There is no sample of ${id}.`;
  if (typeof operation.value !== "boolean") return "Live is true or false.";
  const { live: _, ...used } = sample;
  const changed: Sample = operation.value ? { live: true, ...used } : used;
  return { ...document, samples: { ...document.samples, [id]: changed } };
}

export function withoutSample(
  document: PipelineDocument,
  id: string,
): PipelineDocument {
  if (!own(document.samples, id)) return document;
  const { samples, ...others } = document;
  const { [id]: _, ...left } = samples ?? {};
  return Object.keys(left).length > 0 ? { ...others, samples: left } : others;
}

export function applyTest(
  document: PipelineDocument,
  rest: string[],
  operation: Operation,
): PipelineDocument | string {
  const [id] = rest;
  if (id === undefined || rest.length > 1) return "A test's path is its id.";
  if (operation.op === "set") {
    return isTest(operation.value)
      ? { ...document, tests: { ...document.tests, [id]: operation.value } }
      : `Test ${id} is not complete.`;
  }
  if (!own(document.tests, id)) return document;
  const { tests, ...others } = document;
  const { [id]: _, ...left } = tests ?? {};
  return Object.keys(left).length > 0 ? { ...others, tests: left } : others;
}

function own<T>(
  record: Record<string, T> | undefined,
  key: string,
): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

function isSample(value: unknown): value is Sample {
  return (
    isObject(value as Json) &&
    isListOf((value as JsonObject)["columns"], isText) &&
    isListOf((value as JsonObject)["rows"], isRow)
  );
}

function isRow(row: Json): boolean {
  return isObject(row) && Array.isArray(row["values"]);
}

function isTest(value: unknown): value is PipelineTest {
  if (!isObject(value as Json)) return false;
  const { name, samples, expect } = value as JsonObject;
  return (
    typeof name === "string" &&
    isObject(samples) &&
    Object.values(samples).every(isSample) &&
    isObject(expect) &&
    Object.values(expect).every(isObject)
  );
}

function isListOf(
  value: Json | undefined,
  fits: (item: Json) => boolean,
): boolean {
  return Array.isArray(value) && value.every(fits);
}

function isText(value: Json): boolean {
  return typeof value === "string";
}
