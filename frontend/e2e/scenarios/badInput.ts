import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { field, setField } from "../form";
import {
  deploy,
  engineReady,
  importSql,
  jobState,
  openPipeline,
  openTab,
  saved,
  select,
} from "../gestures";
import { picture } from "../pictures";
import type { World } from "../world";

export function badInput(world: () => World): void {
  describe("bad input", () => {
    let page: Page;
    beforeAll(async () => {
      page = await world().open("/");
      await engineReady(page);
    });
    afterAll(() => page.context().close());

    test("an unbalanced bracket shows on node and field and in Problems", async () => {
      await importSql(page, "Mistakes", mistakes(world().folder));
      await select(page, "numbers");
      await page.getByTestId("palette-filter").click();
      await setField(page, "condition", "n > 3)");
      await expectProblem(page, "filter_1", "condition", /bracket/i);
    });

    test("Flink's word on an unknown column lands on the field", async () => {
      await setField(page, "condition", "nothing > 3");
      await expectProblem(page, "filter_1", "condition", /'nothing'/);
      await picture(page, "problems");
      await setField(page, "condition", "n > 3");
      await page
        .locator('[data-testid="node-filter_1"]:not([data-tone="danger"])')
        .waitFor();
    });

    test("a source without its file says so", async () => {
      await select(page, "letters");
      const path = field(page, "table.options.path");
      await path.locator("[data-severity=error]").waitFor();
      expect(await path.innerText()).toMatch(/missing\.csv|no (such )?file/i);
      await openTab(page, "problems");
      await page
        .getByTestId("problems")
        .getByText("letters › Connector")
        .waitFor();
    });

    test("Kill ends a running job", async () => {
      await page.getByLabel("Back to pipelines").click();
      await openPipeline(page, "Generated orders");
      await deploy(page);
      await jobState(page, "RUNNING").waitFor({ timeout: 60_000 });
      await page.getByTestId("job-kill").click();
      await page.getByTestId("confirm").click();
      await jobState(page, "KILLED").waitFor({ timeout: 60_000 });
    });

    test("a job that fails shows Flink's root cause", async () => {
      await page.getByLabel("Back to pipelines").click();
      await importSql(page, "Failing", failing);
      await saved(page);
      await deploy(page);
      await jobState(page, "FAILED").waitFor({ timeout: 60_000 });
      await openTab(page, "job");
      const exception = page.getByLabel("Exception", { exact: true });
      expect(await exception.innerText()).toMatch(/For input string: 'x-?\d/);
      await picture(page, "job-failed");
    });
  });
}

const mistakes = (folder: string) => `
CREATE TABLE numbers (n INT) WITH ('connector' = 'datagen', 'rows-per-second' = '5');
CREATE TABLE letters (c STRING) WITH ('connector' = 'filesystem', 'format' = 'csv',
  'path' = '${pathToFileURL(join(folder, "missing.csv")).href}');
`;

const failing = `
CREATE TABLE numbers (n INT) WITH ('connector' = 'datagen', 'rows-per-second' = '5');
CREATE TABLE results (n INT) WITH ('connector' = 'blackhole');
CREATE VIEW wrong AS SELECT CAST(CONCAT('x', CAST(n AS STRING)) AS INT) AS n FROM numbers;
INSERT INTO results SELECT n FROM wrong;
`;

/** Finds a mistake on the card, at the field and in Problems. */
async function expectProblem(
  page: Page,
  node: string,
  path: string,
  words: RegExp,
): Promise<void> {
  await page
    .locator(`[data-testid="node-${node}"][data-tone="danger"]`)
    .waitFor();
  await field(page, path)
    .locator("[data-severity=error]")
    .filter({ hasText: words })
    .waitFor();
  await openTab(page, "problems");
  const line = page.getByTestId("problems").getByRole("button");
  await line.filter({ hasText: words }).filter({ hasText: node }).waitFor();
}
