import { readdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  card,
  engineReady,
  litSql,
  openPipeline,
  openTab,
  rowsCount,
  runPreview,
  select,
  shownSql,
} from "../gestures";
import { chooseTheme, picture, readmePicture } from "../pictures";
import { steps } from "../steps";
import type { World } from "../world";

/** Rows of the flights example, from the data itself: by_state and delays have one for each day and state. */
const rows = {
  flights: 20_000,
  late: 4_349,
  airports: 3_376,
  located: 4_349,
  capped: 4_349,
  by_state: 1_802,
  delays: 1_802,
};

export function firstStart(world: () => World): void {
  describe("the first start", () => {
    steps();
    let page: Page;
    beforeAll(async () => {
      page = await world().open("/");
    });
    afterAll(() => page.context().close());

    test("the page answers at once, while Flink is starting", async () => {
      const { first } = world();
      expect(first.html).toContain("<title>Millrace</title>");
      expect(first.engine).toBe("starting");
      expect(first.ms).toBeLessThan(2000);
      await page.getByRole("heading", { name: "Pipelines" }).waitFor();
    });

    test("the examples are there before Flink is", async () => {
      await page.getByTestId("pipeline-card-Generated orders").waitFor();
      await openPipeline(page, "Flight delays by state");
      for (const name of Object.keys(rows)) await card(page, name).waitFor();
    });

    test("Flink becomes ready", { timeout: 600_000 }, async () => {
      await engineReady(page);
    });

    test("one click previews every node", { timeout: 200_000 }, async () => {
      await runPreview(page);
      for (const [name, count] of Object.entries(rows)) {
        await select(page, name);
        await expect
          .poll(() => rowsCount(page), { timeout: 180_000 })
          .toBe(count);
        const figures = card(page, name).locator(".card-figures");
        await figures
          .getByTitle(`${count.toLocaleString("en-US")} rows in the preview`)
          .waitFor();
      }
      await page.getByTestId("rows-panel").getByText("Finished").waitFor();
    });

    test("a node's rows have columns with types", async () => {
      await select(page, "by_state");
      const grid = page.getByTestId("rows-grid");
      for (const column of ["state STRING", "average_delay DOUBLE"])
        await grid.getByTitle(column, { exact: true }).waitFor();
      expect(await grid.getByRole("row").count()).toBeGreaterThan(3);
      expect(await grid.getByText(/^[A-Z]{2}$/).count()).toBeGreaterThan(1);
    });

    test("a preview writes to no sink", () => {
      const files = readdirSync(world().server.data, {
        recursive: true,
        encoding: "utf8",
      });
      expect(files.filter((file) => file.includes("flights-20k"))).toHaveLength(
        1,
      );
      expect(files.filter((file) => file.includes("delays-by"))).toEqual([]);
    });

    test("pictures, light and dark", async () => {
      await chooseTheme(page, "dark");
      await picture(page, "editor-dark");
      await chooseTheme(page, "light");
      await picture(page, "editor-light");
      await readmePicture(page, "editor.png");
    });

    test("the SQL tab lights the selected node's statement", async () => {
      await openTab(page, "sql");
      await expect.poll(() => shownSql(page)).toContain("CREATE");
      await expect
        .poll(() => litSql(page))
        .toMatch(/CREATE .*VIEW by_state AS[\s\S]*AVG\(/);
      await picture(page, "sql");
    });
  });
}
