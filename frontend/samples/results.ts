import { useMutation } from "@tanstack/react-query";
import { create } from "zustand";
import { runTests } from "../api/actions";
import type { TestResult } from "../api/types";
import { sameLogic } from "../document/analysis";
import { type PipelineDocument, sameJson } from "../document/document";
import { documentStore, useDocument, whenSaved } from "../document/store";
import { testOf } from "./test";

/** What the last run of a test came to, and of which document. */
interface Run {
  results: readonly TestResult[];
  document: PipelineDocument;
}

interface Runs {
  /** By pipeline and test. */
  runs: Readonly<Record<string, Run>>;
  /** Tests that run now. */
  running: ReadonlySet<string>;
}

const useRuns = create<Runs>(() => ({ runs: {}, running: new Set() }));

function keyOf(pipeline: string, test: string): string {
  return `${pipeline} ${test}`;
}

/** Runs tests of the pipeline, once the server has it. */
export function useRunTests(pipeline: string) {
  return useMutation({
    mutationFn: async (tests: readonly string[]) => {
      const keys = tests.map((test) => keyOf(pipeline, test));
      useRuns.setState(({ running }) => ({
        running: new Set([...running, ...keys]),
      }));
      try {
        await whenSaved();
        const { document } = documentStore.api.getState();
        const results = await runTests(pipeline, [...tests]);
        keep(pipeline, tests, { results, document });
      } finally {
        useRuns.setState(({ running }) => ({
          running: new Set([...running].filter((key) => !keys.includes(key))),
        }));
      }
    },
  });
}

function keep(pipeline: string, tests: readonly string[], run: Run): void {
  const fresh = tests.map((test): [string, Run] => [
    keyOf(pipeline, test),
    { ...run, results: run.results.filter((result) => result.test === test) },
  ]);
  useRuns.setState(({ runs }) => ({
    runs: { ...runs, ...Object.fromEntries(fresh) },
  }));
}

export interface TestState {
  running: boolean;
  /** Empty before the first run. */
  results: readonly TestResult[];
  /** Test or pipeline were changed since. */
  stale: boolean;
}

export function useTestState(pipeline: string, test: string): TestState {
  const key = keyOf(pipeline, test);
  const running = useRuns((state) => state.running.has(key));
  const run = useRuns((state) => state.runs[key]);
  const stale = useDocument(
    ({ document }) =>
      run !== undefined && isOther(run.document, document, test),
  );
  return { running, results: run?.results ?? none, stale };
}

const none: readonly TestResult[] = [];

function isOther(
  before: PipelineDocument,
  now: PipelineDocument,
  test: string,
): boolean {
  return (
    !sameLogic(before, now) ||
    !sameJson(testOf(before, test), testOf(now, test))
  );
}
