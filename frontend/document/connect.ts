import type { Port } from "../api/types";
import {
  edgesInto,
  nodeName,
  type PipelineDocument,
  type PipelineEdge,
} from "./document";
import type { Kinds } from "./kind";

export type ConnectAnswer = { ok: true } | { ok: false; reason: string };

/** Whether rows of `from` may flow into `port` of `to`; the reason is a sentence for the person who drags. */
export function canConnect(
  document: PipelineDocument,
  kinds: Kinds,
  from: string,
  to: string,
  port: string,
): ConnectAnswer {
  const source = document.nodes[from];
  const target = document.nodes[to];
  if (!source || !target) return refuse("One of the two nodes is gone.");
  if (from === to) return refuse(`${source.name} cannot read its own rows.`);
  const sourceKind = kinds.get(source.kind);
  const targetKind = kinds.get(target.kind);
  if (sourceKind && !sourceKind.output)
    return refuse(`${source.name} is a sink: no rows leave it.`);
  const input = targetKind?.inputs.find((candidate) => candidate.name === port);
  if (!input)
    return refuse(unknownPort(target.name, targetKind?.inputs ?? [], port));
  const taken = edgesInto(document, to).filter((edge) => edge.port === port);
  if (taken.some((edge) => edge.from === from)) {
    return refuse(`${source.name} flows into ${target.name} already.`);
  }
  const holder = taken[0];
  if (holder && !input.many)
    return refuse(portTaken(document, target.name, input, holder));
  if (reaches(document, to, from)) {
    return refuse(
      `That would be a loop: ${source.name} already reads from ${target.name}.`,
    );
  }
  return { ok: true };
}

/** The first port of `to` that takes rows of `from`: what a click instead of a drag connects. */
export function firstFreePort(
  document: PipelineDocument,
  kinds: Kinds,
  from: string,
  to: string,
): PipelineEdge | undefined {
  const kind = kinds.get(document.nodes[to]?.kind ?? "");
  const port = kind?.inputs.find(
    ({ name }) => canConnect(document, kinds, from, to, name).ok,
  );
  return port && { from, to, port: port.name };
}

function refuse(reason: string): ConnectAnswer {
  return { ok: false, reason };
}

function unknownPort(name: string, inputs: Port[], port: string): string {
  if (inputs.length === 0) return `${name} is a source: no rows flow into it.`;
  return `${name} has no input “${port}”.`;
}

function portTaken(
  document: PipelineDocument,
  name: string,
  input: Port,
  holder: PipelineEdge,
): string {
  const title = `${input.title.charAt(0).toLowerCase()}${input.title.slice(1)}`;
  const port = input.name === "in" ? "" : ` on its ${title} port`;
  return `${name} already reads ${nodeName(document, holder.from)}${port}. Delete that connection first.`;
}

function reaches(
  document: PipelineDocument,
  start: string,
  goal: string,
): boolean {
  const next = new Map<string, string[]>();
  for (const { from, to } of document.edges)
    next.set(from, [...(next.get(from) ?? []), to]);
  const seen = new Set([start]);
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === goal) return true;
    for (const to of next.get(at) ?? []) {
      if (!seen.has(to)) {
        seen.add(to);
        open.push(to);
      }
    }
  }
  return false;
}
