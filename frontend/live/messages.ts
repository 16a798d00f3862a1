// The protocol of the websocket: one closed union a direction, generated from the server's. Server messages carry "seq"
// 1, 2, 3…
import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type ServerMessage = Schemas["ServerMessage"];
export type ClientMessage = Schemas["ClientMessage"];

/** Rows of one node; `first` is the 0-based place of the first of them in all the rows that the node has made. */
export type RowsMessage = Schemas["RowsMessage"];

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
