import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Pipeline, Row } from "../api/types";
import { type PlayedPreview, playPreview } from "./playedPreview";
import { api } from "./server";
import { openWorld, type World } from "./world";

// 5,000 rows a second into the rows pane, for SECONDS (60) each way: frames a second, and the heap after a collection.
// The server is real but for the preview, which is played; Flink is not needed.

const seconds = Number(process.env["SECONDS"] ?? 60);
const perSecond = Number(process.env["RATE"] ?? 5000);
const tickMs = 20;

const columns = [
  { name: "id", type: "BIGINT" },
  { name: "customer", type: "STRING" },
  { name: "amount", type: "DECIMAL(10, 2)" },
  { name: "placed_at", type: "TIMESTAMP(3)" },
  { name: "items", type: "ARRAY<ROW<`sku` STRING, `n` INT>>" },
];

let world: World;
beforeAll(async () => {
  const none = "http://127.0.0.1:1";
  world = await openWorld(["--gateway", none, "--jobmanager", none]);
});
afterAll(() => world.close());

interface Way {
  look: (page: Page) => Promise<void>;
  rows: (from: number, count: number) => Row[];
}

const ways: Record<string, Way> = {
  "changelog, newest followed": { look: async () => {}, rows: inserts },
  "changelog, filtered": {
    look: (page) => page.getByTestId("rows-filter").fill("7"),
    rows: inserts,
  },
  "table of 1,000 rows, sorted": {
    look: async (page) => {
      await page.getByRole("button", { name: "Table", exact: true }).click();
      await page.getByRole("button", { name: "amount", exact: true }).click();
    },
    rows: updates,
  },
};

test.each(Object.entries(ways))("%s", async (name, { look, rows }) => {
  const { page, played } = await openPane();
  played.rows("src", rows(0, 2000));
  await page.getByTestId("rows-grid").waitFor();
  await look(page);
  const { sent, frames, heaps, busy } = await feed(page, played, rows);
  const mean = frames.reduce((sum, n) => sum + n, 0) / frames.length;
  const mb = heaps.map((heap) => (heap / 1e6).toFixed(0)).join(", ");
  console.log(
    `${name}: ${sent} rows in ${seconds} s; frames a second: mean ${mean.toFixed(1)}, ` +
      `least ${Math.min(...frames)}; main thread busy ${(100 * busy).toFixed(0)} %; heap in MB: ${mb}`,
  );
  const shown = await page.getByTestId("rows-count").getAttribute("data-count");
  await page.context().close();
  expect(Number(shown)).toBeGreaterThan(0.98 * sent);
});

async function openPane(): Promise<{ page: Page; played: PlayedPreview }> {
  const node = {
    kind: "source",
    name: "src",
    config: { table: { columns, options: { connector: "datagen" } } },
    position: { x: 0, y: 0 },
    description: "",
  };
  const { id } = await api<Pipeline>(world.server, "pipelines", {
    name: "Rows",
    document: {
      format: 1,
      name: "Rows",
      mode: "streaming",
      settings: {},
      nodes: { src: node },
      edges: [],
    },
  });
  const page = await world.open("/jobs");
  const played = await playPreview(page, id, { src: columns });
  await page.goto(`${world.server.address}/pipelines/${id}`);
  await page.locator('[data-node-id="src"] .card-kind').click();
  return { page, played };
}

async function feed(
  page: Page,
  played: PlayedPreview,
  rows: Way["rows"],
): Promise<{ sent: number; frames: number[]; heaps: number[]; busy: number }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  // Seconds of the processor's time, which other programs of the machine do not lengthen.
  const busySoFar = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  };
  const heap = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devtools.send("Runtime.getHeapUsage");
    return usedSize;
  };
  await page.evaluate(() => {
    const count = { frames: 0 };
    Object.assign(globalThis, { count });
    const next = () => {
      count.frames++;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  const framesSoFar = () =>
    page.evaluate(
      () =>
        (globalThis as unknown as { count: { frames: number } }).count.frames,
    );
  const frames: number[] = [];
  const heaps: number[] = [];
  const begin = performance.now();
  let sent = 2000;
  let second = 0;
  const busyBefore = await busySoFar();
  let last = { at: begin, frames: await framesSoFar() };
  while (performance.now() - begin < seconds * 1000) {
    const due =
      2000 + Math.floor(((performance.now() - begin) / 1000) * perSecond);
    if (due > sent) played.rows("src", rows(sent, due - sent));
    sent = Math.max(sent, due);
    const now = Math.floor((performance.now() - begin) / 1000);
    if (now > second) {
      second = now;
      const at = performance.now();
      const so = await framesSoFar();
      frames.push(((so - last.frames) * 1000) / (at - last.at));
      last = { at, frames: so };
      // A collection of the heap stops the page: its second does not count.
      if (second % 10 === 0) {
        heaps.push(await heap());
        last = { at: performance.now(), frames: await framesSoFar() };
      }
    }
    await new Promise((done) => setTimeout(done, tickMs));
  }
  const took = (performance.now() - begin) / 1000;
  const busy = ((await busySoFar()) - busyBefore) / took;
  return { sent, frames: frames.map(Math.round), heaps, busy };
}

function values(i: number): unknown[] {
  const amount = `${(i * 7919) % 100000}.${String(i % 100).padStart(2, "0")}`;
  const second = String(i % 60).padStart(2, "0");
  const items = [{ sku: `sku-${i % 97}`, n: i % 9 }];
  return [
    String(9007199254740993n + BigInt(i)),
    `customer ${i % 5000}`,
    amount,
    `2026-01-01 10:00:${second}.${String(i % 1000).padStart(3, "0")}`,
    items,
  ];
}

function inserts(from: number, count: number): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    kind: "+I",
    values: values(from + i),
  }));
}

/** 1,000 inserts, then pairs of -U and +U of one after the other. */
function updates(from: number, count: number): Row[] {
  return Array.from({ length: count }, (_, i) => updateAt(from + i));
}

function updateAt(i: number): Row {
  const keys = 1000;
  if (i < keys) return { kind: "+I", values: values(i) };
  const pair = Math.floor((i - keys) / 2);
  return (i - keys) % 2 === 0
    ? { kind: "-U", values: values(pair) }
    : { kind: "+U", values: values(pair + keys) };
}
