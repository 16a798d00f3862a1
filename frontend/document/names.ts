import type { PipelineDocument } from "./document";

const LEGAL = /^[\p{L}_][\p{L}\p{N}_$-]{0,127}$/u;

/** Undefined when the node may bear the name, else the sentence that says why not. */
export function nameProblem(
  document: PipelineDocument,
  id: string,
  name: string,
): string | undefined {
  if (name === "")
    return "A node needs a name: it is the name of its view in SQL.";
  if (!LEGAL.test(name)) {
    return "Start a name with a letter or _, then letters, digits, _, $ and -, at most 128.";
  }
  const taken = Object.entries(document.nodes).some(
    ([other, node]) => other !== id && node.name === name,
  );
  return taken ? `Another node is named ${name} already.` : undefined;
}

/** A free name: the wanted one, or with the lowest free number behind it ("filter_1", "filter_2"). */
export function freshName(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted;
  return numberedName(taken, wanted.replace(/_\d+$/, ""));
}

export function numberedName(taken: ReadonlySet<string>, stem: string): string {
  for (let n = 1; ; n++) {
    const name = `${stem}_${n}`;
    if (!taken.has(name)) return name;
  }
}

export function takenNames(document: PipelineDocument): Set<string> {
  return new Set(Object.values(document.nodes).map((node) => node.name));
}

/** windowAggregate → window_aggregate: SQL names are read in any case, so they are made in snake case. */
export function snakeCase(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

export function freshId(document: PipelineDocument, kind: string): string {
  for (;;) {
    const random = crypto.getRandomValues(new Uint8Array(6));
    const id = `${kind}-${Array.from(random, (byte) => ALPHABET[byte % 36]).join("")}`;
    if (!Object.hasOwn(document.nodes, id)) return id;
  }
}
