import { Position, type NodeHandle } from "@xyflow/react";
import type { Kind } from "../api/types";

// The size of a node's card follows from what is on it, so React Flow never has to measure one (STACK.md). NodeCard draws
// by the same numbers.

export const CARD_WIDTH = 232;
export const HEADER_HEIGHT = 48;
const PORT_HEIGHT = 24;
const COLUMN_HEIGHT = 18;
const COLUMNS_PADDING = 12;
export const SHOWN_COLUMNS = 4;
export const HANDLE_SIZE = 24;

export interface CardSize {
  width: number;
  height: number;
}

/** The output's port as React Flow's handle is called. */
export const OUTPUT = "out";

/** Ports that need a row of their own with a title; a single input sits beside the header. */
export function titledPorts(kind: Kind | undefined): Kind["inputs"] {
  const inputs = kind?.inputs ?? [];
  return inputs.length > 1 ? inputs : [];
}

export function cardSize(kind: Kind | undefined, columns: number): CardSize {
  const ports = titledPorts(kind).length * PORT_HEIGHT;
  return {
    width: CARD_WIDTH,
    height: snapUp(HEADER_HEIGHT + ports + columnsHeight(columns)),
  };
}

function columnsHeight(columns: number): number {
  if (columns === 0) return 0;
  const lines =
    columns > SHOWN_COLUMNS + 1 ? SHOWN_COLUMNS + 1 : Math.max(columns, 1);
  return COLUMNS_PADDING + lines * COLUMN_HEIGHT;
}

/** How many columns are listed; one line more says how many others there are, unless that is just one. */
export function shownColumns(columns: number): number {
  return columns > SHOWN_COLUMNS + 1 ? SHOWN_COLUMNS : columns;
}

/** The middle of a port's dot, from the card's top. */
export function portTop(kind: Kind | undefined, port: string): number {
  const index = titledPorts(kind).findIndex(({ name }) => name === port);
  return index < 0
    ? HEADER_HEIGHT / 2
    : HEADER_HEIGHT + index * PORT_HEIGHT + PORT_HEIGHT / 2;
}

export function cardHandles(kind: Kind | undefined): NodeHandle[] {
  const box = { width: HANDLE_SIZE, height: HANDLE_SIZE };
  const half = HANDLE_SIZE / 2;
  const handles: NodeHandle[] = (kind?.inputs ?? []).map(({ name }) => ({
    ...box,
    id: name,
    type: "target",
    position: Position.Left,
    x: -half,
    y: portTop(kind, name) - half,
  }));
  if (kind?.output ?? true) {
    handles.push({
      ...box,
      id: OUTPUT,
      type: "source",
      position: Position.Right,
      x: CARD_WIDTH - half,
      y: HEADER_HEIGHT / 2 - half,
    });
  }
  return handles;
}

function snapUp(height: number): number {
  return Math.ceil(height / 8) * 8;
}
