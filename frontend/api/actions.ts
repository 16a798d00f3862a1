import { answer, api, refused } from "./client";
import { apiError, unreachable } from "./errors";
import type {
  Command,
  CommandKind,
  Comparison,
  Compiled,
  Edited,
  EvaluationBody,
  GenerateSampleBody,
  Imported,
  Jar,
  Job,
  OperationsBody,
  ParsedSample,
  ParseSampleBody,
  Part,
  PipelineDocument,
  Preview,
  Reasons,
  TestResult,
  Trace,
} from "./types";

const at = (id: string) => ({ path: { id } });

/** Compiles a document as it stands in the page. Mistakes in it are diagnostics, not errors. */
export function compile(
  document: PipelineDocument,
  signal?: AbortSignal,
): Promise<Compiled> {
  const options = signal ? { signal } : {};
  return answer(
    api.POST("/api/v1/compile", { body: { document }, ...options }),
  );
}

/** Reads an edited script against the document that it was compiled from. Mistakes in it are findings, not errors. */
export function editScript(
  document: PipelineDocument,
  script: string,
  signal: AbortSignal,
): Promise<Edited> {
  return answer(
    api.POST("/api/v1/edit", { body: { document, script }, signal }),
  );
}

/** Turns a Flink SQL script into a document. */
export function importSql(sql: string): Promise<Imported> {
  return answer(api.POST("/api/v1/import", { body: { sql } }));
}

/** Edits a saved pipeline. An ApiError of code "conflict" has the present revision and document in `current`. */
export function operations(
  id: string,
  body: OperationsBody,
): Promise<{ revision: number }> {
  return answer(
    api.POST("/api/v1/pipelines/{id}/operations", { params: at(id), body }),
  );
}

/** Runs every node of the saved pipeline as a preview. */
export function createPreview(pipeline: string): Promise<{ id: string }> {
  return answer(
    api.POST("/api/v1/pipelines/{id}/previews", {
      params: at(pipeline),
      body: {},
    }),
  );
}

/** The preview with its last rows; an ApiError with status 404 when it is gone. */
export function getPreview(id: string): Promise<Preview> {
  return answer(api.GET("/api/v1/previews/{id}", { params: at(id) }));
}

/** Which rows of the saved pipeline differ from those of what a job was deployed from, on the same samples. */
export function compareVersions(
  pipeline: string,
  job: string,
): Promise<Comparison> {
  return answer(
    api.POST("/api/v1/pipelines/{id}/comparisons", {
      params: at(pipeline),
      body: { job },
    }),
  );
}

/** Why a node of a preview has made no rows; no reasons when it has. */
export function whyNoRows(
  preview: string,
  node: string,
  signal: AbortSignal,
): Promise<Reasons> {
  return answer(
    api.GET("/api/v1/previews/{id}/nodes/{node}/why", {
      params: { path: { id: preview, node } },
      signal,
    }),
  );
}

/** Runs the saved pipeline on its samples; each row tells which rows of the samples it is made of. */
export function createTrace(pipeline: string): Promise<Trace> {
  return answer(
    api.POST("/api/v1/pipelines/{id}/traces", {
      params: at(pipeline),
      body: {},
    }),
  );
}

/** Works out an expression of a node of the saved pipeline, and its pieces, for one row of each input. */
export function evaluate(
  pipeline: string,
  body: EvaluationBody,
  signal: AbortSignal,
): Promise<{ parts: Part[] }> {
  return answer(
    api.POST("/api/v1/pipelines/{id}/evaluations", {
      params: at(pipeline),
      body,
      signal,
    }),
  );
}

export async function deletePreview(id: string): Promise<void> {
  await answer(api.DELETE("/api/v1/previews/{id}", { params: at(id) }));
}

/** Makes a sample of pasted or uploaded rows. What does not fit its column is a diagnostic, not an error. */
export function parseSample(
  body: ParseSampleBody,
  signal?: AbortSignal,
): Promise<ParsedSample> {
  const options = signal ? { signal } : {};
  return answer(api.POST("/api/v1/samples/parse", { body, ...options }));
}

/** Makes up a sample by rules; the same seed gives the same rows. */
export function generateSample(
  body: GenerateSampleBody,
): Promise<ParsedSample> {
  return answer(api.POST("/api/v1/samples/generate", { body }));
}

/** Runs tests of the saved pipeline on their samples, to the end. */
export async function runTests(
  pipeline: string,
  tests: string[],
): Promise<TestResult[]> {
  const { results } = await answer(
    api.POST("/api/v1/pipelines/{id}/tests", {
      params: at(pipeline),
      body: { tests },
    }),
  );
  return results;
}

/** Starts the saved pipeline as a job on Flink. */
export async function deploy(pipeline: string): Promise<Job> {
  const { job } = await answer(
    api.POST("/api/v1/pipelines/{id}/deployments", {
      params: at(pipeline),
      body: {},
    }),
  );
  return job;
}

export function jobCommand(job: string, kind: CommandKind): Promise<Command> {
  return answer(
    api.POST("/api/v1/jobs/{id}/commands", {
      params: at(job),
      body: { kind },
    }),
  );
}

/** Uploads a JAR; the server looks for functions in it. */
export async function uploadJar(file: File): Promise<Jar> {
  const form = new FormData();
  form.append("file", file);
  const response = await fetch("/api/v1/jars", {
    method: "POST",
    body: form,
  }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw refused(apiError(response.status, body));
  return body as Jar;
}
