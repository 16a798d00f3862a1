import { operations } from "../api/actions";
import { answer, api } from "../api/client";
import { ApiError } from "../api/errors";
import type { Pipeline, PipelineDocument as WireDocument } from "../api/types";
import type { SaveAnswer, SaveRequest, Server } from "../document/autosave";
import type { PipelineDocument } from "../document/document";
import type { ServerDocument } from "../document/state";
import { clientId } from "../live/changes";

/** The store's document; the wire says the same in wider types. */
export function fromWire({
  revision,
  document,
}: Pick<Pipeline, "revision" | "document">): ServerDocument {
  return { revision, document: asDocument(document) };
}

function asDocument(document: WireDocument): PipelineDocument {
  return document as PipelineDocument;
}

async function load(id: string): Promise<ServerDocument> {
  const pipeline = await answer(
    api.GET("/api/v1/pipelines/{id}", { params: { path: { id } } }),
  );
  return fromWire(pipeline);
}

async function save(id: string, request: SaveRequest): Promise<SaveAnswer> {
  try {
    const { revision } = await operations(id, { ...request, client: clientId });
    return { kind: "saved", revision };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return answerOf(error);
  }
}

/** What an error means for what is still to be saved. */
export function answerOf(error: ApiError): SaveAnswer {
  const { status, detail: reason, current } = error;
  if (status === 409 && current)
    return { kind: "conflict", ...fromWire(current) };
  if (status === 404 || status === 410)
    return {
      kind: "gone",
      reason: "this pipeline was deleted. Copy what you need, then go back",
    };
  // 401: sign in again, 403: may come back, 408 and 429: later; these are not about the operations.
  const aboutUs = [400, 413, 422].includes(status);
  return aboutUs ? { kind: "refused", reason } : { kind: "failed", reason };
}

export const server: Server = { save, load };
