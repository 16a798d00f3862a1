import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PipelineDocument } from "../../api/types";
import { choose, field, setField } from "../form";
import {
  card,
  connect,
  engineReady,
  fit,
  importSql,
  litSql,
  openTab,
  saved,
  select,
  stored,
} from "../gestures";
import { picture, readmePicture } from "../pictures";
import { caretBehind, scriptState } from "../scriptPane";
import { steps } from "../steps";
import type { World } from "../world";

/** Flink SQL in, nodes on the canvas, and the SQL written beside them. */
export function script(world: () => World): void {
  describe("a script", () => {
    steps();
    let page: Page;
    const document = async (): Promise<PipelineDocument> => {
      await saved(page);
      return (await stored(world().server, page)).document;
    };
    const nodeNamed = async (name: string) => {
      const nodes = Object.entries((await document()).nodes);
      return nodes.find(([, node]) => node.name === name);
    };
    beforeAll(async () => {
      page = await world().open("/");
    });
    afterAll(() => page.context().close());

    test("a script that people have becomes nodes that can be read", async () => {
      await engineReady(page);
      await importSql(page, "Metrics by dimension", example, async () => {
        await page.keyboard.press("ControlOrMeta+Home");
        await readmePicture(page, "import-before.png");
      });
      // As wide as fifteen nodes need to be read.
      await page.setViewportSize({ width: 1840, height: 900 });
      await card(page, "by_dimension").waitFor();
      await page.getByLabel("Hide the palette").click();
      await fit(page);
      await card(page, "cpu_last_rows").getByRole("list").waitFor();
      await select(page, "by_dimension");
      await openTab(page, "sql");
      await expect.poll(() => litSql(page)).toContain("GROUPING SETS");
      await picture(page, "imported");
      await readmePicture(page, "import-after.png");
      await page.getByLabel("Show the palette").click();
      const kinds = Object.values((await document()).nodes).map(
        ({ kind }) => kind,
      );
      expect(new Set(kinds)).toEqual(
        new Set(["source", "filter", "select", "window", "aggregate", "sink"]),
      );
      await page.getByLabel("Back to pipelines").click();
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    test("what a script has of every kind is drawn", async () => {
      await importSql(page, "Fleet", fleet);
      for (const [name, kind] of Object.entries(drawn))
        await card(page, name).getByText(kind, { exact: true }).waitFor();
    });

    test("a condition written in the SQL is the node's, and undo takes it back", async () => {
      await select(page, "busy");
      await openTab(page, "sql");
      const before = await nodeNamed("busy");
      await caretBehind(page, "cpu > 0.5");
      await page.keyboard.type("5 AND node <> 'größer'");
      await scriptState(page, "taken").getByText("busy changed").waitFor();
      const after = await nodeNamed("busy");
      expect(after?.[0]).toBe(before?.[0]);
      expect(after?.[1]).toEqual({
        ...before?.[1],
        config: { condition: "cpu > 0.55 AND node <> 'größer'" },
      });
      // The caret is where it was, so that one can write on.
      await page.keyboard.type(" ");
      await page.getByTestId("undo").click();
      await expect.poll(() => nodeNamed("busy")).toEqual(before);
      await expect.poll(() => litSql(page)).toContain("WHERE cpu > 0.5;");
    });

    test("a mistake is marked under its characters and changes nothing", async () => {
      const before = await document();
      await caretBehind(page, "cpu > 0.5");
      await page.keyboard.type(" AND");
      const state = scriptState(page, "refused");
      await state.getByText(/Not taken: line \d+/).waitFor();
      const marked = page.getByTestId("sql-pane").locator(".mark-error");
      expect(await marked.innerText()).toBe(";");
      await picture(page, "script-mistake");
      expect(await document()).toEqual(before);
      await openTab(page, "problems");
      const problem = page.getByTestId("problems").getByText(/^Edited SQL/);
      await problem.click();
      await state.getByRole("button", { name: "Discard" }).click();
      await expect.poll(() => litSql(page)).toContain("WHERE cpu > 0.5;");
    });

    test("a view that is added becomes a node beside what it reads", async () => {
      await caretBehind(page, "cpu > 0.5;");
      await page.keyboard.type(
        "\nCREATE VIEW idle AS SELECT * FROM metrics WHERE cpu < 0.1;",
      );
      await scriptState(page, "taken").getByText("idle added").waitFor();
      await card(page, "idle").getByText("Filter").waitFor();
      await page.keyboard.press("Escape");
      const [id] = (await nodeNamed("idle")) ?? [];
      const [metrics] = (await nodeNamed("metrics")) ?? [];
      expect((await document()).edges).toContainEqual({
        from: metrics,
        to: id,
        port: "in",
      });
    });

    test("from the script to the field and back", async () => {
      await fit(page);
      await select(page, "busy");
      await caretBehind(page, "WHERE cpu");
      await page.keyboard.press("Alt+Enter");
      const condition = field(page, "condition");
      await condition.locator(".cm-focused").waitFor();
      await page.keyboard.type("2");
      await expect.poll(() => litSql(page)).toContain("WHERE cpu2 > 0.5");
      const lit = page.getByTestId("sql-pane").locator(".mark-field");
      await expect
        .poll(async () => (await lit.allInnerTexts()).join(""))
        .toBe("cpu2 > 0.5");
      await page.keyboard.press("Backspace");
      await expect.poll(() => litSql(page)).toContain("WHERE cpu > 0.5");
    });

    test("an aggregate by sets of dimensions is filled in", async () => {
      await fit(page);
      await select(page, "busy");
      await page.getByTestId("palette-aggregate").click();
      await setField(page, "name", "loads");
      await addColumn(page, "groupBy", "cluster");
      await addRow(page, "dimensions", "Add expression");
      await fill(page, "dimensions", "Name 1", "rack");
      await fill(page, "dimensions", "Expression 1", "tags['rack']");
      await addRow(page, "aggregates", "Add expression");
      await fill(page, "aggregates", "Name 1", "load");
      await fill(page, "aggregates", "Expression 1", "AVG(cpu)");
      await choose(page, field(page, "grouping").getByRole("combobox"), "Sets");
      const sets = field(page, "sets");
      for (const name of ["all", "by cluster", "by rack"])
        await sets.getByRole("button", { name, exact: true }).click();
      await expect
        .poll(() => litSql(page))
        .toMatch(
          /GROUP BY GROUPING SETS \(\s*\(\),\s*\(cluster\),\s*\(tags\['rack'\]\)\s*\)/,
        );
      await picture(page, "grouping-sets");
      // A dimension's new name is the one in the sets.
      await fill(page, "dimensions", "Name 1", "shelf");
      await sets
        .getByRole("group", { name: "Set 3" })
        .getByText("shelf")
        .waitFor();
      await saved(page);
    });

    test("top-n and union are filled in", async () => {
      await fit(page);
      await select(page, "busy");
      await page.getByTestId("palette-topN").click();
      await setField(page, "name", "hottest");
      await addColumn(page, "partitionBy", "cluster");
      await addRow(page, "orderBy", "Add sort key");
      await fill(page, "orderBy", "Sort key 1 expression", "cpu");
      await field(page, "orderBy")
        .getByLabel(/^Direction of sort key 1/)
        .click();
      await setField(page, "limit", "3");
      await expect.poll(() => litSql(page)).toContain("ORDER BY cpu DESC");

      await fit(page);
      await select(page, "busy");
      await page.getByTestId("palette-union").click();
      await setField(page, "name", "both");
      await fit(page);
      await connect(page, "hottest.out", "both.right");
      await expect
        .poll(() => litSql(page))
        .toMatch(/FROM busy\s+UNION ALL\s+SELECT \*\s+FROM hottest/);
      await picture(page, "top-n-and-union");
    });
  });
}

const example = readFileSync(
  resolve("testdata/import/cluster-metrics-by-dimension/script.sql"),
  "utf8",
);

const fleet = `
CREATE TABLE metrics (
  cluster STRING, node STRING, cpu DOUBLE, tags MAP<STRING, STRING>, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'datagen', 'rows-per-second' = '5');

-- Only those with something to do
CREATE VIEW busy AS SELECT * FROM metrics WHERE cpu > 0.5;

CREATE VIEW newest AS
SELECT cluster, node, cpu, tags, ts
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY node ORDER BY ts DESC) AS n FROM metrics)
WHERE n = 1;

CREATE VIEW owners AS SELECT * FROM (VALUES ('a', 'Ada'), ('b', 'Bob')) AS t (cluster, owner);

CREATE VIEW minutes AS
SELECT window_start, cluster, MAX(cpu) AS highest
FROM TABLE(TUMBLE(TABLE metrics, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, cluster;

CREATE VIEW owned AS SELECT b.node, o.owner FROM busy AS b JOIN owners AS o ON b.cluster = o.cluster;

CREATE VIEW everything AS SELECT cluster FROM busy UNION ALL SELECT cluster FROM owners;
`;

/** Names of nodes, and what their cards say that they are. */
const drawn = {
  metrics: "Source",
  busy: "Filter",
  newest: "Deduplicate",
  owners: "Values",
  owned: "Join",
  everything: "Union",
};

async function addRow(page: Page, path: string, name: string): Promise<void> {
  await field(page, path).getByRole("button", { name }).click();
}

async function fill(
  page: Page,
  path: string,
  label: string,
  text: string,
): Promise<void> {
  await field(page, path).getByLabel(label, { exact: true }).click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
  await page.keyboard.press("Escape");
}

async function addColumn(
  page: Page,
  path: string,
  name: string,
): Promise<void> {
  await field(page, path).locator("input").first().click();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await field(page, path).getByLabel(`Remove ${name}`).waitFor();
}
