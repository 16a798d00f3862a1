// The protocol of the websocket: one closed union a direction. Every server message carries "seq" 1, 2, 3…
import type { Engine, Job, Preview, Row } from "../api/types";

export type ServerMessage = { seq: number } & (
  | { type: "hello"; version: string; engine: Engine; jobs: Job[] }
  | { type: "engine"; engine: Engine }
  | { type: "pipeline"; id: string; revision: number; client: string }
  | { type: "pipelineDeleted"; id: string }
  | { type: "job"; job: Job }
  | { type: "preview"; preview: Preview }
  | RowsMessage
  | { type: "error"; detail: string }
);

/** Rows of one node; `first` is the 0-based place of the first of them in all the rows that the node has made. */
export interface RowsMessage {
  type: "rows";
  preview: string;
  node: string;
  first: number;
  rows: Row[];
}

export type ClientMessage =
  { type: "watchPreview"; id: string } | { type: "unwatchPreview"; id: string };

const types: Record<ServerMessage["type"], true> = {
  hello: true,
  engine: true,
  pipeline: true,
  pipelineDeleted: true,
  job: true,
  preview: true,
  rows: true,
  error: true,
};

/** Reads one message; null when it is none of the union, which a newer server may send. */
export function parseMessage(text: string): ServerMessage | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return null;
  if (!("seq" in value) || typeof value.seq !== "number") return null;
  if (!("type" in value) || typeof value.type !== "string") return null;
  return value.type in types ? (value as ServerMessage) : null;
}
