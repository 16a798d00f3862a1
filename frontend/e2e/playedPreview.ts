import type { Page, WebSocketRoute } from "playwright-core";
import type { Engine, Preview, PreviewNode, Row } from "../api/types";

const ready: Engine = {
  state: "ready",
  phase: "ready",
  version: "played",
  seconds: 0,
  message: "",
  log: [],
  gateway: "",
  jobManager: "",
  local: true,
};

type Columns = PreviewNode["columns"];

/**
 * A preview that the test plays to the page in the server's place: the page itself, the pipeline and all other answers are
 * real. Rows that a Flink would give only now and then, or never, come when the test says so.
 */
export interface PlayedPreview {
  /** Rows of a node, after those that were sent before. */
  rows(node: string, rows: readonly Row[]): void;
  /** Something new about the preview, and its counts. */
  tell(change?: Partial<Preview>): void;
  /** Something new about a node. */
  node(id: string, change: Partial<PreviewNode>): void;
  /** The next preview that the page starts is this one; it is starting. */
  next(id: string): void;
  /** Ids of the previews that the page started, in order. */
  readonly started: readonly string[];
}

/** Plays a preview to a page that is not open yet; then the page goes to the pipeline. */
export async function playPreview(
  page: Page,
  pipeline: string,
  columns: Readonly<Record<string, Columns>>,
): Promise<PlayedPreview> {
  let socket: WebSocketRoute | undefined;
  let seq = 0;
  let preview = fresh("played-1", pipeline, columns);
  const started: string[] = [];
  let upcoming = "played-2";
  const send = (message: object) =>
    socket?.send(JSON.stringify({ seq: ++seq, ...message }));
  const tell = () => send({ type: "preview", preview });
  // As rarely as the server tells the counts.
  let telling: NodeJS.Timeout | undefined;
  const tellSoon = () => {
    telling ??= setTimeout(() => {
      telling = undefined;
      tell();
    }, 200);
  };

  await page.routeWebSocket(/\/api\/v1\/live/, (route) => {
    socket = route;
    seq = 0;
    const { version } = ready;
    send({ type: "hello", version, engine: ready, jobs: [] });
    route.onMessage((text) => {
      const message = JSON.parse(String(text)) as { type: string };
      if (message.type === "watchPreview") tell();
    });
  });
  await page.route(/\/api\/v1\/previews\/played/, (route) =>
    route.request().method() === "DELETE"
      ? route.fulfill({ status: 204 })
      : route.fulfill({ json: preview }),
  );
  await page.route(/\/api\/v1\/pipelines\/[^/]+\/previews$/, (route) => {
    started.push(upcoming);
    preview = { ...fresh(upcoming, pipeline, columns), state: "starting" };
    return route.fulfill({ status: 201, json: { id: upcoming } });
  });
  await page.addInitScript((id) => {
    const previews = JSON.stringify({ [id]: "played-1" });
    sessionStorage.setItem("millrace.previews", previews);
  }, pipeline);

  return {
    started,
    rows: (node, rows) => {
      const before = preview.nodes[node];
      if (!before) throw new Error(`no node ${node}`);
      const first = before.count;
      const count = first + rows.length;
      const nodes = { ...preview.nodes, [node]: { ...before, count } };
      preview = { ...preview, nodes };
      send({ type: "rows", preview: preview.id, node, first, rows });
      tellSoon();
    },
    tell: (change = {}) => {
      preview = { ...preview, ...change };
      tell();
    },
    node: (id, change) => {
      const before = preview.nodes[id];
      if (!before) throw new Error(`no node ${id}`);
      const nodes = { ...preview.nodes, [id]: { ...before, ...change } };
      preview = { ...preview, nodes };
      tell();
    },
    next: (id) => {
      upcoming = id;
    },
  };
}

function fresh(
  id: string,
  pipeline: string,
  columns: Readonly<Record<string, Columns>>,
): Preview {
  return {
    id,
    pipeline,
    revision: 1,
    state: "running",
    way: "tap",
    message: "",
    flinkJobId: "",
    startedAt: new Date().toISOString(),
    diagnostics: [],
    nodes: Object.fromEntries(
      Object.entries(columns).map(([node, of]) => [
        node,
        { count: 0, dropped: 0, watermark: "", columns: of, rows: [] },
      ]),
    ),
  };
}
