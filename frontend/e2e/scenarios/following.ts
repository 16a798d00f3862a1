import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pipeline } from "../../api/types";
import { violations } from "../accessibility";
import { field } from "../form";
import { card, engineReady, fit, runPreview, select } from "../gestures";
import { chooseTheme, picture } from "../pictures";
import { api } from "../server";
import { steps } from "../steps";
import type { World } from "../world";

/** Where rows come from, where they stop, and why none come. */
export function following(world: () => World): void {
  describe("a row's way", () => {
    steps();
    let page: Page;
    beforeAll(async () => {
      const { id } = await api<Pipeline>(world().server, "pipelines", {
        name: "Ways",
        document: drawing,
      });
      page = await world().open(`/pipelines/${id}`);
      await engineReady(page);
      await fit(page);
      await runPreview(page);
      await select(page, "orders");
      await grid().waitFor({ timeout: 60_000 });
    });
    afterAll(() => page.context().close());

    const grid = () => page.getByTestId("rows-grid");
    const panel = () => page.getByTestId("follow-panel");
    const step = (name: string) => panel().getByTestId(`step-${name}`);
    const mark = (name: string) => card(page, name).getAttribute("data-mark");

    test("a row that a filter stops says why, with the values of the condition", async () => {
      await grid().locator('[data-row="0"] [data-cell="1"]').click({
        button: "right",
      });
      await page.getByRole("menuitem", { name: "Follow this row" }).click();
      await panel().getByRole("list", { name: "Way of the row" }).waitFor({
        timeout: 60_000,
      });
      const said = await step("dear").getByTestId("stopped").innerText();
      expect(said).toBe("Stopped here: price > 10 was not true");
      const pieces = step("dear").getByTestId("pieces").getByRole("listitem");
      await expect
        .poll(() => pieces.allInnerTexts(), { timeout: 60_000 })
        .toEqual(["price > 10\n=\nFALSE", "price\n=\n5"]);
      await step("apart").getByText("cannot be followed").waitFor();
      expect(await step("located").count()).toBe(0);
    });

    test("the canvas shows the way, and Escape ends it", async () => {
      expect(await mark("orders")).toBe("on");
      expect(await mark("dear")).toBe("stop");
      expect(await mark("apart")).toBe("unknown");
      expect(await mark("located")).toBe("off");
      await page.keyboard.press("Escape");
      await panel().waitFor({ state: "detached" });
      expect(await mark("located")).toBe(null);
      await page.locator(".rows-grid:focus").waitFor();
    });

    test("the key f follows the chosen row to the join without a partner", async () => {
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Control+ArrowDown");
      await page.keyboard.press("f");
      await step("located")
        .getByText("found no partner among 1 row of customers")
        .waitFor({ timeout: 60_000 });
      await page.keyboard.press("Escape");
    });

    test("an aggregate's row opens the rows that made it", async () => {
      await select(page, "cities");
      await grid().focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Control+ArrowDown");
      await page.keyboard.press("f");
      await step("cities").waitFor({ timeout: 60_000 });
      const button = step("cities").getByRole("button", { name: "A set of" });
      expect(await button.innerText()).toBe("A set of 3 rows: show them");
      await button.click();
      const raw = step("cities").getByRole("region").last().locator("tbody tr");
      expect(await raw.allInnerTexts()).toEqual([
        "2\t2\tann\t50",
        "3\t3\tann\t70",
      ]);
      for (const theme of ["light", "dark"] as const) {
        await chooseTheme(page, theme);
        await picture(page, `following-${theme}`);
        expect(await violations(page), theme).toEqual([]);
      }
      await chooseTheme(page, "light");
    });

    test("a row of the set is followed in turn", async () => {
      await step("cities")
        .getByRole("button", { name: "Follow row 3", exact: true })
        .click();
      await panel().getByText("Row 3 of").waitFor();
      await step("cities").waitFor();
      await page.keyboard.press("Escape");
    });

    test("a small window shows the way in place of the rows", async () => {
      await page.setViewportSize({ width: 960, height: 640 });
      await select(page, "orders");
      await grid().locator('[data-row="1"] [data-cell="1"]').click();
      await page.keyboard.press("f");
      await step("cities").waitFor({ timeout: 60_000 });
      const { width = 0 } = (await panel().boundingBox()) ?? {};
      expect(width).toBeGreaterThan(500);
      await picture(page, "following-small");
      await page.keyboard.press("Escape");
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    test("an expression shows its pieces for the chosen row of its input", async () => {
      await select(page, "dear");
      const condition = field(page, "condition");
      await condition.getByRole("button", { name: "Values for a row" }).click();
      await condition.getByText("For the chosen row of orders").waitFor();
      const pieces = condition.getByTestId("pieces").getByRole("listitem");
      await expect
        .poll(() => pieces.allInnerTexts(), { timeout: 60_000 })
        .toEqual(["price > 10\n=\nTRUE", "price\n=\n50"]);
      await picture(page, "values");
      expect(await violations(page)).toEqual([]);
    });
  });
}

const generator = { connector: "datagen", "rows-per-second": "5" };

function source(...columns: string[]) {
  const named = columns.map((column) => {
    const [name = "", type = ""] = column.split(" ");
    return { name, type };
  });
  return { table: { columns: named, options: generator } };
}

function node(
  kind: string,
  name: string,
  x: number,
  y: number,
  config: object,
) {
  return { kind, name, config, position: { x, y }, description: "" };
}

const values = (...rows: unknown[][]) => rows.map((row) => ({ values: row }));

/** orders → dear → located ← customers; located → cities → huge; orders → apart, which tells no rows apart. */
const drawing = {
  format: 1,
  name: "Ways",
  mode: "streaming",
  settings: {},
  nodes: {
    orders: node(
      "source",
      "orders",
      0,
      0,
      source("id INT", "customer STRING", "price INT"),
    ),
    customers: node(
      "source",
      "customers",
      320,
      260,
      source("name STRING", "city STRING"),
    ),
    dear: node("filter", "dear", 320, 0, { condition: "price > 10" }),
    located: node("join", "located", 640, 80, {
      type: "inner",
      condition: "left.customer = right.name",
    }),
    cities: node("aggregate", "cities", 960, 80, {
      groupBy: ["city"],
      aggregates: [{ name: "total", expression: "SUM(price)" }],
    }),
    huge: node("filter", "huge", 1280, 80, { condition: "total > 1000" }),
    apart: node("select", "apart", 640, 380, {
      distinct: true,
      columns: [{ name: "customer", expression: "customer" }],
    }),
  },
  edges: [
    { from: "orders", to: "dear", port: "in" },
    { from: "orders", to: "apart", port: "in" },
    { from: "dear", to: "located", port: "left" },
    { from: "customers", to: "located", port: "right" },
    { from: "located", to: "cities", port: "in" },
    { from: "cities", to: "huge", port: "in" },
  ],
  samples: {
    orders: {
      columns: ["id", "customer", "price"],
      rows: values(
        [1, "ann", 5],
        [2, "ann", 50],
        [3, "ann", 70],
        [4, "eve", 90],
      ),
    },
    customers: {
      columns: ["name", "city"],
      rows: values(["ann", "Ulm"]),
    },
  },
};
