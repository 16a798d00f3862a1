import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../accessibility";
import {
  engineReady,
  openPipeline,
  openTab,
  runPreview,
  select,
} from "../gestures";
import { chooseTheme, picture } from "../pictures";
import type { World } from "../world";

/** Last of all, when there is something on every page: accessibility, and that nothing was complained about. */
export function clean(world: () => World): void {
  describe("every page", () => {
    let page: Page;
    beforeAll(async () => {
      page = await world().open("/");
      await engineReady(page);
    });
    afterAll(() => page.context().close());

    const views: Record<string, () => Promise<void>> = {
      home: () => page.getByTestId("pipeline-card-Failing").waitFor(),
      jobs: async () => {
        await page.getByRole("link", { name: "Jobs" }).click();
        await page.getByRole("table", { name: "Jobs" }).waitFor();
      },
      functions: async () => {
        await page.getByRole("link", { name: "Functions" }).click();
        await page.getByRole("table", { name: "JARs" }).waitFor();
      },
      "editor with rows": async () => {
        await page
          .getByRole("link", { name: "Pipelines", exact: true })
          .click();
        await openPipeline(page, "Generated orders");
        await runPreview(page);
        await select(page, "orders");
        await page.getByTestId("rows-grid").waitFor({ timeout: 60_000 });
        await page.getByTestId("stop-preview").click();
        await page.getByTestId("run-preview").waitFor();
      },
      "editor with SQL": () => openTab(page, "sql"),
      "editor with a job": () => openTab(page, "job"),
    };

    for (const [name, go] of Object.entries(views))
      test(`${name} is accessible, light and dark`, async () => {
        await go();
        for (const theme of ["light", "dark"] as const) {
          await chooseTheme(page, theme);
          await picture(page, `${name.replaceAll(" ", "-")}-${theme}`);
          expect(await violations(page), theme).toEqual([]);
        }
      });

    test("no page logged an error or was refused something by the CSP", () => {
      expect(world().complaints).toEqual([]);
    });
  });
}
