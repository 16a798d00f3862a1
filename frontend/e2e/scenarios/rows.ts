import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pipeline, Row } from "../../api/types";
import { violations } from "../accessibility";
import { setField } from "../form";
import { card, engineReady, rowsCount, saved, select } from "../gestures";
import { chooseTheme, picture } from "../pictures";
import { type PlayedPreview, playPreview } from "../playedPreview";
import { api } from "../server";
import { steps } from "../steps";
import type { World } from "../world";

/** What a person does with a node's rows. The rows are played, so that each gesture has an exact outcome. */
export function rows(world: () => World): void {
  describe("the rows of a node", () => {
    steps();
    let page: Page;
    let played: PlayedPreview;
    beforeAll(async () => {
      const { id } = await api<Pipeline>(world().server, "pipelines", {
        name: "Rows",
        document: drawing,
      });
      page = await world().open("/jobs");
      played = await playPreview(page, id, { src: columns, late: columns });
      await page.goto(`${world().server.address}/pipelines/${id}`);
      await select(page, "src");
    });
    afterAll(() => page.context().close());

    const grid = () => page.getByTestId("rows-grid");
    const button = (name: string) =>
      page.getByRole("button", { name, exact: true });
    const cells = (column: number) =>
      grid().locator(`[data-cell="${column}"]`).allInnerTexts();

    test("hostile values and names are text", async () => {
      played.rows("src", [
        insert(1, "<img src=x onerror=alert(1)>"),
        insert(2, "=1+1"),
        insert(3, null),
      ]);
      await grid().getByText("<img src=x onerror=alert(1)>").waitFor();
      expect(await grid().locator("img").count()).toBe(0);
      const head = grid().getByTitle('say "hi" <b> STRING', { exact: true });
      expect(await head.innerText()).toContain('say "hi" <b>');
    });

    test("figures: watermark, and how many rows were not sent", async () => {
      played.node("src", {
        watermark: "2026-01-02T03:04:05.678Z",
        dropped: 12_345,
      });
      const said = page.getByTestId("rows-panel");
      await said.getByText("watermark 2026-01-02 03:04:05.678").waitFor();
      await said.getByText("12,345 rows were not sent").waitFor();
    });

    test("a filter shows what matches, also of what comes later", async () => {
      await page.getByTestId("rows-filter").fill("1+1");
      await expect.poll(() => cells(0)).toEqual(["2"]);
      played.rows("src", [insert(4, "x=1+1"), insert(5, "no")]);
      await expect.poll(() => cells(0)).toEqual(["2", "4"]);
      await page.getByText("2 match").waitFor();
      await page.getByLabel("Where to look").selectOption("0");
      await page.getByTestId("rows-filter").fill("5");
      await expect.poll(() => cells(0)).toEqual(["5"]);
      await page.getByTestId("rows-filter").press("Escape");
      await expect.poll(() => cells(0)).toHaveLength(5);
    });

    test("paused, the rows stand still and are counted; then they can be sorted", async () => {
      await button("Pause view").click();
      played.rows("src", [insert(6, "later"), insert(7, "later")]);
      await page.getByText("2 came meanwhile").waitFor();
      expect(await rowsCount(page)).toBe(7);
      await grid().getByRole("button", { name: "id" }).click();
      await grid().getByRole("button", { name: "id" }).click();
      expect(await cells(0)).toEqual(["5", "4", "3", "2", "1"]);
      await button("Resume view").click();
      await expect.poll(() => cells(0)).toHaveLength(7);
    });

    test("cells are selected and copied by the keyboard", async () => {
      await page.context().grantPermissions(["clipboard-read"]);
      await grid().locator('[data-cell="0"]').first().click();
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("ControlOrMeta+C");
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      expect(await copied()).toBe("1\t<img src=x onerror=alert(1)>\n2\t=1+1");
      await page.keyboard.press("Delete");
      expect(await card(page, "src").count()).toBe(1);
    });

    test("a nested value opens as a tree, a cut one says how much there is", async () => {
      const text = "x".repeat(4096);
      const cut = { "1": 52_000_000 };
      played.rows("src", [{ ...insert(8, text, nested), cut }]);
      await grid().getByText("of 52.0 MB").waitFor();
      await grid().focus();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.press("Enter");
      const drawer = page.getByTestId("value-drawer");
      await drawer.getByRole("button", { name: /tags.*2 entries/ }).waitFor();
      for (const theme of ["dark", "light"] as const) {
        await chooseTheme(page, theme);
        await picture(page, `rows-drawer-${theme}`);
        expect(await violations(page), theme).toEqual([]);
      }
      await grid().focus();
      await page.keyboard.press("ArrowLeft");
      await drawer.getByText("The first 4.1 kB of 52.0 MB").waitFor();
      await button("Close the value").click();
      await expect.poll(() => drawer.count()).toBe(0);
    });

    test("a column is resized by keyboard and by drag", async () => {
      const handle = grid().getByRole("separator", { name: "Width of id" });
      const width = async () =>
        Number(await handle.getAttribute("aria-valuenow"));
      const before = await width();
      await handle.focus();
      await page.keyboard.press("Shift+ArrowRight");
      expect(await width()).toBe(before + 10);
      await page.keyboard.press("Enter");
      expect(await width()).toBe(before);
      const box = await handle.boundingBox();
      if (!box) throw new Error("no handle");
      await page.mouse.move(box.x + 4, box.y + 8);
      await page.mouse.down();
      await page.mouse.move(box.x + 104, box.y + 8, { steps: 4 });
      await page.mouse.up();
      expect(await width()).toBeGreaterThan(before + 8);
    });

    test("the table takes updates in place, sorts exactly, and lights what changed", async () => {
      await select(page, "late");
      played.rows("late", [
        insert("9007199254740993", "a"),
        insert("9007199254740992", "b"),
      ]);
      await button("Table").click();
      played.rows("late", [
        { kind: "-U", values: values("9007199254740992", "b") },
        { kind: "+U", values: values("9007199254740992", "c") },
      ]);
      await expect.poll(() => cells(1)).toEqual(["a", "c"]);
      expect(
        await grid().locator(".fresh-a, .fresh-b").allInnerTexts(),
      ).toEqual(["c"]);
      await grid().getByRole("button", { name: "id" }).click();
      await expect.poll(() => cells(1)).toEqual(["c", "a"]);
      await page.getByTestId("changelog-late").getByText("+I ±U").waitFor();
      await page.setViewportSize({ width: 1024, height: 640 });
      for (const theme of ["dark", "light"] as const) {
        await chooseTheme(page, theme);
        await picture(page, `rows-table-${theme}`);
        expect(await violations(page), theme).toEqual([]);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    test("CSV and JSON are saved, formulas disarmed in the one, values exact in the other", async () => {
      await select(page, "src");
      await button("Changelog").click();
      const save = async (format: string) => {
        await page.getByTestId("export").click();
        const download = page.waitForEvent("download");
        await page.getByRole("menuitem", { name: format }).click();
        const file = await download;
        return [
          file.suggestedFilename(),
          readFileSync(await file.path(), "utf8"),
        ] as const;
      };
      const [csvName, csv] = await save("CSV");
      expect(csvName).toBe("rows-src-changelog.csv");
      expect(csv).toContain('row_kind,id,"say ""hi"" <b>",nested\r\n');
      expect(csv).toContain("insert,2,'=1+1,");
      expect(csv).toContain("insert,3,,");
      const [, json] = await save("JSON");
      expect(JSON.parse(json)).toMatchObject({
        rows: expect.arrayContaining([
          insert(1, expect.any(String)),
        ]) as unknown,
      });
    });

    test("cleared, only new rows are there", async () => {
      await button("Clear the rows").click();
      await page.getByText("New rows appear here.").waitFor();
      played.rows("src", [insert(9, "new")]);
      await expect.poll(() => cells(0)).toEqual(["9"]);
      await expect.poll(() => rowsCount(page)).toBe(9);
    });

    test("an edit with auto-preview keeps the old rows until new ones are there", async () => {
      await engineReady(page);
      await page.getByTestId("auto-preview").click();
      await select(page, "late");
      await setField(page, "condition", "id > 5");
      await saved(page);
      await expect.poll(() => played.started, slow).toEqual(["played-2"]);
      await card(page, "late").getByTestId("card-stale").waitFor();
      expect(await card(page, "src").getByTestId("card-stale").count()).toBe(0);
      await page.getByTestId("rows-outdated").waitFor();
      await page.getByText("The new preview is starting").waitFor();
      await expect.poll(() => cells(1)).toEqual(["a", "b", "b", "c"]);
      await picture(page, "rows-stale");

      played.tell({ state: "running" });
      played.rows("late", [insert(6, "new")]);
      await expect.poll(() => cells(1)).toEqual(["new"]);
      expect(await page.getByTestId("rows-outdated").count()).toBe(0);
    });

    test("edits while one is starting make one more after it", async () => {
      played.next("played-3");
      await setField(page, "condition", "id > 6");
      await expect.poll(() => played.started, slow).toHaveLength(2);
      await setField(page, "condition", "id > 7");
      await setField(page, "condition", "id > 8");
      await saved(page);
      played.next("played-4");
      expect(played.started).toEqual(["played-2", "played-3"]);
      played.tell({ state: "running" });
      await expect
        .poll(() => played.started, slow)
        .toEqual(["played-2", "played-3", "played-4"]);
      await page.getByTestId("auto-preview").click();
    });
  });
}

// An edit is saved, compiled and rested before it is previewed.
const slow = { timeout: 15_000 };

const columns = [
  { name: "id", type: "BIGINT" },
  { name: 'say "hi" <b>', type: "STRING" },
  { name: "nested", type: "ROW<`tags` MAP<STRING, INT>>" },
];

const nested = {
  tags: [
    { key: "a", value: 1 },
    { key: "b", value: 2 },
  ],
};

function values(id: number | string, text: unknown, of: unknown = null) {
  return [String(id), text, of];
}

function insert(id: number | string, text: unknown, of: unknown = null): Row {
  return { kind: "+I", values: values(id, text, of) };
}

const drawing = {
  format: 1,
  name: "Rows",
  mode: "streaming",
  settings: {},
  nodes: {
    src: {
      kind: "source",
      name: "src",
      config: {
        table: {
          columns: columns.map(({ name, type }) => ({ name, type })),
          options: { connector: "datagen", "rows-per-second": "1" },
        },
      },
      position: { x: 0, y: 0 },
      description: "",
    },
    late: {
      kind: "filter",
      name: "late",
      config: { condition: "id > 1" },
      position: { x: 288, y: 0 },
      description: "",
    },
    rest: {
      kind: "filter",
      name: "rest",
      config: { condition: "TRUE" },
      position: { x: 576, y: 0 },
      description: "",
    },
  },
  edges: [
    { from: "late", to: "rest", port: "in" },
    { from: "src", to: "late", port: "in" },
  ],
};
