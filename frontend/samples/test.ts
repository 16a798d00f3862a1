import type { Row } from "../api/types";
import {
  type Expectation,
  type Json,
  type Mode,
  nodeName,
  type PipelineDocument,
  type PipelineTest,
  type Sample,
  sameJson,
  type SampleRow,
} from "../document/document";
import type { Edit } from "../document/edits";
import { kinded } from "./gridRows";
import { mostRows, samplesInUse } from "./sample";

/** What the server takes at most. */
export const mostTests = 100;

export function testOf(
  document: PipelineDocument,
  id: string,
): PipelineTest | undefined {
  const { tests } = document;
  return tests && Object.hasOwn(tests, id) ? tests[id] : undefined;
}

/** Rows of a table as a test expects them. */
export function expectedRows(rows: Iterable<Row>): SampleRow[] {
  return Array.from(rows, ({ values }) => kinded(values as Json[], "+I"));
}

/** An edit, and the test that it makes or changes. */
export interface TestEdit extends Edit {
  test: string;
}

/**
 * Expects these rows of a node on the samples in use. A test that already runs on the very same samples gets the expectation
 * beside its others, so that one run answers for all of them; else a new test is made.
 */
export function expectRows(
  document: PipelineDocument,
  node: string,
  rows: readonly SampleRow[],
): TestEdit {
  const samples = samplesInUse(document);
  const name = nodeName(document, node);
  const known = Object.entries(document.tests ?? {}).find(([, test]) =>
    sameJson(test.samples, samples),
  );
  const expectation = { rows: [...rows] };
  if (!known)
    return addTest(
      document,
      { name, samples, expect: { [node]: expectation } },
      `Expect ${rows.length} rows of ${name}`,
    );
  const [id, test] = known;
  return {
    test: id,
    ...setTest(
      id,
      { ...test, expect: { ...test.expect, [node]: expectation } },
      `Expect ${rows.length} rows of ${name} in ${test.name}`,
    ),
  };
}

/** Why a node's rows cannot be expected; undefined when they can. */
export function whyNot(
  document: PipelineDocument,
  rows: number | undefined,
): string | undefined {
  if (Object.keys(samplesInUse(document)).length === 0)
    return "No source reads a sample: live rows are others each time.";
  if (rows === undefined)
    return "Run a preview on the samples to its end first.";
  if (rows > mostRows)
    return `A test expects at most ${mostRows} rows; here are ${rows}. Use a smaller sample, or expect a count.`;
  if (Object.keys(document.tests ?? {}).length >= mostTests)
    return `A pipeline has at most ${mostTests} tests.`;
  return undefined;
}

export function addTest(
  document: PipelineDocument,
  test: PipelineTest,
  label: string,
): TestEdit {
  const taken = document.tests ?? {};
  const names = new Set(Object.values(taken).map(({ name }) => name));
  const id = free("test", "-", (name) => Object.hasOwn(taken, name));
  const name = free(test.name, " ", (one) => names.has(one));
  return { test: id, ...setTest(id, { ...test, name }, label) };
}

/** The name, with a number behind it where it is taken. */
function free(
  name: string,
  between: string,
  isTaken: (name: string) => boolean,
): string {
  if (!isTaken(name)) return name;
  for (let number = 2; ; number++) {
    const next = `${name}${between}${number}`;
    if (!isTaken(next)) return next;
  }
}

export function setTest(id: string, test: PipelineTest, label: string): Edit {
  return {
    label,
    operations: [{ op: "set", path: ["tests", id], value: test }],
  };
}

export function deleteTest(document: PipelineDocument, id: string): Edit {
  return {
    label: `Delete the test ${testOf(document, id)?.name ?? id}`,
    operations: [{ op: "delete", path: ["tests", id] }],
  };
}

/** The test with another expectation of a node; undefined takes it away. */
export function withExpectation(
  test: PipelineTest,
  node: string,
  expectation: Expectation | undefined,
): PipelineTest {
  const { [node]: _, ...others } = test.expect;
  return {
    ...test,
    expect: expectation ? { ...others, [node]: expectation } : others,
  };
}

/** The test with another sample of a source; undefined takes it away. */
export function withSample(
  test: PipelineTest,
  source: string,
  sample: Sample | undefined,
): PipelineTest {
  const { [source]: _, ...others } = test.samples;
  return {
    ...test,
    samples: sample ? { ...others, [source]: sample } : others,
  };
}

/** The modes that it runs in. */
export function modesOf(
  document: PipelineDocument,
  test: PipelineTest,
): readonly Mode[] {
  return test.modes && test.modes.length > 0 ? test.modes : [document.mode];
}

/** The test in these modes; the document's own alone is not written. */
export function withModes(
  document: PipelineDocument,
  test: PipelineTest,
  modes: readonly Mode[],
): PipelineTest {
  const { modes: _, ...others } = test;
  const own = modes.length === 1 && modes[0] === document.mode;
  return own || modes.length === 0
    ? others
    : { ...others, modes: [...modes].sort().reverse() };
}
