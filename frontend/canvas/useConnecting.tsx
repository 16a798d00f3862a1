import type {
  Connection,
  FinalConnectionState,
  IsValidConnection,
} from "@xyflow/react";
import { useEffect, useState } from "react";
import type { FlowEdge } from "./flowNodes";
import { connectToCard, edgeOf, mayConnect, tryConnect } from "./gestures";
import { useKindMap } from "./KindMap";

interface Hint {
  x: number;
  y: number;
  text: string;
}

const HINT_MS = 5000;

/** React Flow's handlers for drawing connections, and the refusal to show at the pointer. */
export function useConnecting() {
  const kinds = useKindMap();
  const [hint, setHint] = useState<Hint>();
  useEffect(() => {
    if (!hint) return;
    const timer = setTimeout(() => setHint(undefined), HINT_MS);
    return () => clearTimeout(timer);
  }, [hint]);

  const onConnect = (connection: Connection) => {
    tryConnect(kinds, edgeOf(connection));
  };
  const isValidConnection: IsValidConnection<FlowEdge> = (connection) =>
    mayConnect(kinds, {
      from: connection.source,
      to: connection.target,
      port: connection.targetHandle ?? "",
    });
  const onConnectEnd = (
    event: MouseEvent | TouchEvent,
    state: FinalConnectionState,
  ) => {
    if (state.isValid || !state.fromHandle) return;
    const point = "clientX" in event ? event : event.changedTouches[0];
    if (!point) return;
    const { clientX: x, clientY: y } = point;
    const text = refusal(kinds, state, cardAt(x, y));
    if (text) setHint({ x, y, text });
  };
  return {
    hint,
    onConnect,
    isValidConnection,
    onConnectStart: () => setHint(undefined),
    onConnectEnd,
    onClickConnectEnd: onConnectEnd,
  };
}

/** A drag onto a card connects to its free port; anything else that did not fit has a reason. */
function refusal(
  kinds: Parameters<typeof tryConnect>[0],
  { fromHandle, toHandle }: FinalConnectionState,
  card: string | undefined,
): string | undefined {
  if (!fromHandle) return undefined;
  const outward = fromHandle.type === "source";
  if (toHandle) {
    if (toHandle.nodeId === fromHandle.nodeId && toHandle.id === fromHandle.id)
      return undefined;
    if (toHandle.type === fromHandle.type)
      return outward
        ? "An output connects to an input, not to another output."
        : "An input connects to an output, not to another input.";
    const [from, to] = outward
      ? [fromHandle, toHandle]
      : [toHandle, fromHandle];
    return tryConnect(kinds, {
      from: from.nodeId,
      to: to.nodeId,
      port: to.id ?? "",
    });
  }
  if (card === undefined || card === fromHandle.nodeId) return undefined;
  return outward
    ? connectToCard(kinds, fromHandle.nodeId, card)
    : tryConnect(kinds, {
        from: card,
        to: fromHandle.nodeId,
        port: fromHandle.id ?? "",
      });
}

function cardAt(x: number, y: number): string | undefined {
  const node = document.elementFromPoint(x, y)?.closest(".react-flow__node");
  return node instanceof HTMLElement ? node.dataset["id"] : undefined;
}

export function PointerHint({ x, y, text }: Hint) {
  const left = Math.min(x + 12, window.innerWidth - 296);
  const top = Math.min(y + 12, window.innerHeight - 80);
  return (
    <div
      role="alert"
      data-testid="connect-refused"
      className="pointer-hint"
      style={{ left, top }}
    >
      {text}
    </div>
  );
}
