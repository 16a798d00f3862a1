import type { Diagnostic, PipelineDocument } from "./types";

/** The server's answer to a refused request (RFC 9457), or code "unreachable" with status 0 when there was no answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** Stable, e.g. "conflict", "engine-not-ready". */
  readonly code: string;
  /** What is wrong and what to do about it, in plain words. Also the error's message. */
  readonly detail: string;
  readonly diagnostics: Diagnostic[];
  /** Of code "conflict": what the pipeline is now. */
  readonly current: Current | null;

  constructor(fields: {
    status: number;
    code: string;
    detail: string;
    diagnostics?: Diagnostic[];
    current?: Current | null;
  }) {
    super(fields.detail);
    this.status = fields.status;
    this.code = fields.code;
    this.detail = fields.detail;
    this.diagnostics = fields.diagnostics ?? [];
    this.current = fields.current ?? null;
  }
}

export interface Current {
  revision: number;
  document: PipelineDocument;
}

interface Problem {
  title?: string;
  detail?: string;
  code?: string;
  diagnostics?: Diagnostic[] | null;
  errors?: { message?: string; location?: string }[] | null;
  revision?: number;
  document?: PipelineDocument;
}

/** Reads a problem+json body; anything else becomes a sentence with the status. */
export function apiError(status: number, body: unknown): ApiError {
  const problem: Problem =
    typeof body === "object" && body !== null ? body : {};
  const { revision, document } = problem;
  return new ApiError({
    status,
    code: problem.code ?? (status === 401 ? "unauthorized" : `http-${status}`),
    detail: sentence(status, problem),
    diagnostics: problem.diagnostics ?? [],
    current:
      revision !== undefined && document !== undefined
        ? { revision, document }
        : null,
  });
}

/** A request that got no answer at all. */
export function unreachable(cause: unknown): ApiError {
  const error = new ApiError({
    status: 0,
    code: "unreachable",
    detail:
      "The Millrace server does not answer. Check that it still runs, then try again.",
  });
  error.cause = cause;
  return error;
}

function sentence(status: number, problem: Problem): string {
  const text = problem.detail ?? problem.title;
  const more = (problem.errors ?? [])
    .map((e) => [e.location, e.message].filter(Boolean).join(": "))
    .filter((line) => line !== "");
  if (text) return [text, ...more].join("\n");
  return `The server answered with status ${status} and said no more.`;
}
