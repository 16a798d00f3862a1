import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addColumns,
  chooseConnector,
  field,
  setField,
  setOption,
  setSetting,
} from "../form";
import { folderOf, linesIn } from "../files";
import { functionJar } from "../functionJar";
import {
  card,
  connect,
  deploy,
  dragFromPalette,
  engineReady,
  fit,
  jobState,
  litSql,
  newPipeline,
  openTab,
  recordsOf,
  rowsCount,
  runPreview,
  saved,
  select,
  shownSql,
} from "../gestures";
import { picture } from "../pictures";
import { steps } from "../steps";
import type { World } from "../world";

/** A pipeline drawn from nothing with a function of one's own, previewed, deployed and paused. */
export function drawn(world: () => World): void {
  describe("a pipeline drawn from nothing", () => {
    steps();
    let page: Page;
    const written = () => join(world().folder, "written");
    beforeAll(async () => {
      page = await world().open("/functions", { expected: /status of 4/ });
      await engineReady(page);
    });
    afterAll(() => page.context().close());

    test("a file that is no JAR is refused with a sentence", async () => {
      const file = join(world().folder, "x.jar");
      writeFileSync(file, "I am a text.\n");
      await page.getByTestId("upload-jar").setInputFiles(file);
      const note = page.getByRole("alert").filter({ hasText: "not taken" });
      expect(await note.innerText()).toMatch(/x\.jar|JAR|zip/i);
    });

    test("a JAR's functions are listed", async () => {
      const folder = join(world().folder, "function");
      mkdirSync(folder);
      const jar = functionJar(folder);
      await page.getByTestId("upload-jar").setInputFiles(jar);
      const table = page.getByRole("table", { name: "Functions" });
      await table.getByText("delay_band", { exact: true }).waitFor();
      await table.getByText(/eval\(INT.*\).*STRING/).waitFor();
      await picture(page, "functions");
    });

    test("nodes are dragged from the palette and connected", async () => {
      await page.getByRole("link", { name: "Pipelines", exact: true }).click();
      await newPipeline(page);
      for (const [kind, x, y, name] of drawing) {
        await dragFromPalette(page, kind, x, y);
        await setField(page, "name", name);
        await card(page, name).waitFor();
      }
      await fit(page);
      for (const [from, to] of lines) await connect(page, from, to);
      await expect
        .poll(() => page.locator(".react-flow__edge").count())
        .toBe(lines.length);
      await saved(page);
    });

    test("sources are described in the form", async () => {
      await select(page, "flights");
      await chooseConnector(page, "Generator");
      await addColumns(page, "id INT", "delay INT", "code INT");
      for (const [key, value] of Object.entries(generated))
        await setOption(page, key, value);

      const file = join(world().folder, "airports.csv");
      writeFileSync(file, "1,Boston\n2,Denver\n3,Austin\n");
      await select(page, "airports");
      await chooseConnector(page, "Files");
      await addColumns(page, "airport INT", "city STRING");
      await setOption(page, "path", pathToFileURL(file).href);
      await setOption(page, "format", "csv");
    });

    test("filter, join and function are described in the form", async () => {
      await select(page, "late");
      await setField(page, "condition", "delay > 15");
      await select(page, "located");
      await setField(page, "condition", "left.code = right.airport");
      await select(page, "banded");
      await setField(page, "function", "delay_band");
      await field(page, "function")
        .getByText(/eval\(INT/)
        .first()
        .waitFor();
      await field(page, "arguments")
        .getByRole("button", { name: "Add expression" })
        .click();
      await setField(page, "arguments", "delay");
      await setField(page, "output", "band");
    });

    test("each card shows its columns as Flink derives them", async () => {
      const columns = card(page, "banded").getByRole("list");
      for (const title of ["id INT", "city STRING", "band STRING"])
        await columns
          .locator(`[title^="${title}"]`)
          .or(columns.getByText(/more/))
          .first()
          .waitFor();
      await select(page, "delays");
      await page.getByTestId("take-columns").click();
      await expect
        .poll(() => field(page, "table.columns").getByLabel(/name$/).count())
        .toBe(6);
    });

    test("the sink and the settings are described in the form", async () => {
      await chooseConnector(page, "Files");
      await setOption(page, "path", pathToFileURL(written()).href);
      await setOption(page, "format", "json");
      await setOption(page, "sink.rolling-policy.rollover-interval", "1 s");
      await setOption(page, "sink.rolling-policy.check-interval", "1 s");
      await page.keyboard.press("Escape");
      await page
        .locator(".react-flow__pane")
        .click({ position: { x: 9, y: 9 } });
      await setSetting(page, "execution.checkpointing.interval", "1 s");
      await saved(page);
      await openTab(page, "problems");
      const wrong = page.getByTestId("problems").getByLabel("Error");
      await expect.poll(() => wrong.count()).toBe(0);
    });

    test("the SQL is what was drawn", async () => {
      await openTab(page, "sql");
      await expect
        .poll(() => shownSql(page))
        .toContain("SET 'execution.checkpointing.interval' = '1 s'");
      for (const [name, part] of [
        ["flights", /'rows-per-second' = '20'/],
        ["late", /WHERE delay > 15/],
        ["located", /JOIN airports\s+ON late\.code = airports\.airport/],
        ["banded", /delay_band\(delay\) AS band/],
        ["delays", /INSERT INTO/],
      ] as const) {
        await select(page, name);
        await expect.poll(() => litSql(page)).toMatch(part);
      }
      await picture(page, "drawn-sql");
    });

    test("the preview shows rows on every node", async () => {
      await openTab(page, "rows");
      await runPreview(page);
      for (const [, , , name] of drawing) {
        await select(page, name);
        await expect
          .poll(() => rowsCount(page), { timeout: 90_000 })
          .toBeGreaterThan(2);
      }
      await select(page, "banded");
      const grid = page.getByTestId("rows-grid");
      await grid.getByTitle("band STRING").waitFor();
      await grid
        .getByText(/^(very )?late$/)
        .first()
        .waitFor();
      await picture(page, "drawn-preview");
      await page.getByTestId("stop-preview").click();
      await page.getByTestId("run-preview").waitFor();
    });

    test("the deployed job runs and its counts grow on the cards", async () => {
      await deploy(page);
      await jobState(page, "RUNNING").waitFor({ timeout: 60_000 });
      const sink = () => recordsOf(page, "delays");
      await expect.poll(sink, { timeout: 60_000 }).toBeGreaterThan(0);
      const before = await sink();
      await expect.poll(sink, { timeout: 60_000 }).toBeGreaterThan(before);
    });

    test("the sink's folder gets files with the function's values", async () => {
      await expect
        .poll(() => linesIn(written()).length, { timeout: 60_000 })
        .toBeGreaterThan(5);
      for (const line of linesIn(written())) {
        const row = JSON.parse(line) as { delay: number; band: string };
        expect(row.delay).toBeGreaterThan(15);
        expect(row.band).toBe(row.delay > 60 ? "very late" : "late");
      }
    });

    test("Pause stops it with a savepoint that lies on the disk", async () => {
      await openTab(page, "job");
      await picture(page, "job");
      const before = await recordsOf(page, "flights");
      await page.getByTestId("job-pause").click();
      await jobState(page, "PAUSED").waitFor({ timeout: 60_000 });
      const path = page.getByLabel("Job", { exact: true }).getByText(/^file:/);
      const folder = folderOf(await path.innerText());
      expect(existsSync(join(folder, "_metadata"))).toBe(true);
      expect(await recordsOf(page, "flights")).toBeGreaterThanOrEqual(before);
      await picture(page, "job-paused");
    });
  });
}

/** Kind, place on the canvas and name of each node. */
const drawing: [kind: string, x: number, y: number, name: string][] = [
  ["source", 130, 60, "flights"],
  ["filter", 400, 60, "late"],
  ["source", 130, 250, "airports"],
  ["join", 400, 250, "located"],
  ["udf", 680, 250, "banded"],
  ["sink", 680, 60, "delays"],
];

const lines: [from: string, to: string][] = [
  ["flights.out", "late.in"],
  ["late.out", "located.left"],
  ["airports.out", "located.right"],
  ["located.out", "banded.in"],
  ["banded.out", "delays.in"],
];

const generated = {
  "rows-per-second": "20",
  "fields.delay.min": "0",
  "fields.delay.max": "120",
  "fields.code.min": "1",
  "fields.code.max": "3",
};
