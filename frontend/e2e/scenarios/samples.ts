import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pipeline } from "../../api/types";
import { violations } from "../accessibility";
import { setField } from "../form";
import { card, engineReady, runPreview, saved, select } from "../gestures";
import { chooseTheme, picture } from "../pictures";
import { api } from "../server";
import { steps } from "../steps";
import type { World } from "../world";

/** Rows of a person's own in a source's stead, and tests made of what comes of them. */
export function samples(world: () => World): void {
  describe("samples and tests", () => {
    steps();
    let page: Page;
    let id: string;
    beforeAll(async () => {
      ({ id } = await api<Pipeline>(world().server, "pipelines", {
        name: "Samples",
        document: drawing,
      }));
      page = await world().open(`/pipelines/${id}`);
      await engineReady(page);
      await select(page, "orders");
    });
    afterAll(() => page.context().close());

    const grid = () => page.getByTestId("data-grid");
    const cell = (row: number, column: number) =>
      grid().locator(`[data-row="${row}"] [data-cell="${column}"]`);
    const button = (name: string) =>
      page.getByRole("button", { name, exact: true });
    const document = async () =>
      (await api<Pipeline>(world().server, `pipelines/${id}`)).document;

    test("rows are typed by the keyboard, each edit a step that can be undone", async () => {
      await page
        .getByTestId("sample-choice")
        .getByRole("button", { name: "Sample" })
        .click();
      await card(page, "orders").getByTestId("sample-badge").waitFor();
      await grid().focus();
      await page.keyboard.press("Enter");
      await page.keyboard.type("7");
      await page.keyboard.press("Tab");
      await page.keyboard.type("Ada");
      await page.keyboard.press("Tab");
      await page.keyboard.type("much");
      await page.keyboard.press("Enter");
      await expect.poll(() => cell(0, 2).innerText()).toContain("much");
      await page.keyboard.press("ControlOrMeta+Z");
      await expect.poll(() => cell(0, 2).innerText()).toBe("NULL");
      expect(await cell(0, 1).innerText()).toBe("Ada");
      await page.keyboard.press("ControlOrMeta+Shift+Z");
    });

    test("what does not fit is marked on its row and cell", async () => {
      await page.getByTestId("sample-problem").waitFor();
      expect(await cell(0, 2).getAttribute("aria-invalid")).toBe("true");
      expect(await cell(0, 2).getAttribute("title")).toMatch(
        /"much" is no DECIMAL\(10, 2\)/,
      );
      expect(await cell(0, 1).getAttribute("aria-invalid")).toBe(null);
      await shown("samples-grid");
    });

    test("cells of a spreadsheet are pasted, rows are removed", async () => {
      await page
        .context()
        .grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.evaluate((text) => navigator.clipboard.writeText(text), cells);
      await cell(0, 0).click();
      await page.keyboard.press("ControlOrMeta+V");
      await page.getByText("5 rows").first().waitFor();
      await cell(4, 0).click();
      await page.keyboard.press("Shift+Delete");
      await page.getByTestId("sample-rows").getByText("4 rows").waitFor();
      await expect
        .poll(() => page.getByTestId("sample-problem").count())
        .toBe(0);
      expect(await cell(1, 1).innerText()).toBe('B"ob');
      expect(await card(page, "orders").count()).toBe(1);
    });

    test("a finished run becomes a test, which passes", async () => {
      await select(page, "big");
      await page.getByTestId("tab-rows").click();
      await button("Run a preview").click();
      await page.getByTestId("expect-this").click({ timeout: 60_000 });
      await grid().getByText("12.50").waitFor();
      await shown("samples-expectation");
      await page.getByTestId("run-test").click();
      const outcome = page.getByTestId("outcome-big");
      await outcome.getByText("passed").waitFor({ timeout: 90_000 });
      const { tests } = await document();
      expect(Object.values(tests ?? {})).toMatchObject([
        {
          name: "big",
          expect: { big: { rows: [{}, {}] } },
          samples: { src: {} },
        },
      ]);
    });

    test("after a change it fails, and says which rows differ", async () => {
      await setField(page, "condition", "price > 20");
      await saved(page);
      await page.getByText("changed since").waitFor();
      await page.getByTestId("run-all-tests").click();
      const outcome = page.getByTestId("outcome-big");
      await outcome.getByText("failed").waitFor({ timeout: 90_000 });
      const lines = await outcome.locator("tbody tr").allInnerTexts();
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/missing\s+1\s+Ada\s+12\.50/);
      await page.setViewportSize({ width: 1024, height: 640 });
      await shown("samples-difference");
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    test("rows are pinned from the live source, with stand-ins for what is masked", async () => {
      await select(page, "orders");
      await page.getByTestId("tab-sample").click();
      await page
        .getByTestId("sample-tab")
        .getByRole("button", { name: "Live" })
        .click();
      await expect
        .poll(() => card(page, "orders").getByTestId("sample-badge").count())
        .toBe(0);
      await saved(page);
      await runPreview(page);
      await page.getByTestId("tab-rows").click();
      const live = page.getByTestId("rows-grid").getByText(/^[0-9a-f]{50,}$/);
      await live.first().waitFor({ timeout: 60_000 });
      await page.getByTestId("tab-sample").click();
      await button("Pin these rows").click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("How many").fill("3");
      await dialog.getByLabel("customer").check();
      await picture(page, "samples-pin");
      await dialog.getByTestId("confirm").click();
      await card(page, "orders").getByTestId("sample-badge").waitFor();
      await saved(page);
      const { samples: kept } = await document();
      const rows = kept?.["src"]?.rows ?? [];
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.length).toBeLessThanOrEqual(3);
      for (const { values } of rows) {
        expect(String(values[0])).toMatch(/^\d+$/);
        // The generator makes hex digits only.
        expect(String(values[1])).toMatch(/^(?=.*[g-z])[0-9a-z]{50,}$/);
      }
    });

    test("a text that is read says what does not fit before it is taken", async () => {
      await button("Paste or upload").click();
      const dialog = page.getByRole("dialog");
      await dialog
        .getByLabel("Rows", { exact: true })
        .fill("id,price,nope\n1,2.50,x\n2,zz,x\n");
      await dialog.getByTestId("confirm").click();
      await dialog.getByText(/no column "?nope/).waitFor();
      await dialog.getByText(/"zz" is no DECIMAL/).waitFor();
      await dialog.getByTestId("take-anyway").click();
      await page.getByTestId("sample-rows").getByText("2 rows").waitFor();
      expect(await cell(1, 2).innerText()).toContain("zz");
    });

    async function shown(name: string): Promise<void> {
      for (const theme of ["dark", "light"] as const) {
        await chooseTheme(page, theme);
        await picture(page, `${name}-${theme}`);
        expect(await violations(page), theme).toEqual([]);
      }
    }
  });
}

const cells = [
  "1\tAda\t12.50",
  '2\t"B""ob"\t3',
  "3\tAda\t30",
  "4\t\t1",
  "5\tgone\t1",
].join("\n");

const drawing = {
  format: 1,
  name: "Samples",
  mode: "streaming",
  settings: {},
  nodes: {
    src: {
      kind: "source",
      name: "orders",
      config: {
        table: {
          columns: [
            { name: "id", type: "BIGINT" },
            { name: "customer", type: "STRING" },
            { name: "price", type: "DECIMAL(10, 2)" },
          ],
          options: {
            connector: "datagen",
            "rows-per-second": "5",
            "fields.id.min": "1",
            "fields.id.max": "1000",
          },
        },
      },
      position: { x: 0, y: 0 },
      description: "",
    },
    big: {
      kind: "filter",
      name: "big",
      config: { condition: "price > 10" },
      position: { x: 288, y: 0 },
      description: "",
    },
  },
  edges: [{ from: "src", to: "big", port: "in" }],
};
