import { rebase, type Change } from "./rebase";
import { keepExisting, type ServerDocument, type Store, tell } from "./state";

// What the way to the server and back does to the store.

export function takeBatch(
  store: Store,
): { revision: number; changes: readonly Change[] } | undefined {
  const { pending, sending, revision, save } = store.getState();
  if (pending.length === 0 || sending > 0) return undefined;
  store.setState({
    sending: pending.length,
    save: save.kind === "failed" ? save : { kind: "saving" },
  });
  return { revision, changes: pending };
}

export function batchSaved(store: Store, revision: number): void {
  const { pending, sending } = store.getState();
  const rest = pending.slice(sending);
  store.setState({
    revision,
    pending: rest,
    sending: 0,
    save: rest.length > 0 ? { kind: "saving" } : { kind: "saved" },
  });
}

export function batchRefused(
  store: Store,
  server: ServerDocument,
  reason: string,
): void {
  const { pending, sending } = store.getState();
  rebaseOnto(store, server, pending.slice(sending));
  const labels = pending.slice(0, sending).map((change) => `“${change.label}”`);
  tell(store, `The server did not take ${labels.join(", ")}: ${reason}`);
}

export function rebaseOnto(
  store: Store,
  server: ServerDocument,
  pending: readonly Change[],
): void {
  const { document, changes, dropped } = rebase(server.document, pending);
  store.setState({
    revision: server.revision,
    document,
    pending: changes,
    sending: 0,
    selection: keepExisting(document, store.getState().selection),
    save: changes.length > 0 ? { kind: "saving" } : { kind: "saved" },
  });
  if (dropped.length > 0) {
    const labels = dropped.map((label) => `“${label}”`).join(", ");
    tell(
      store,
      `Somebody else changed this pipeline. ${labels} did not fit any more and is undone.`,
    );
  }
}
