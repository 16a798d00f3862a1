import type { Locator, Page } from "playwright-core";

// How a person fills in the form of the selected node.

export function field(page: Page, path: string): Locator {
  return page.getByTestId("inspector").getByTestId(`field-${path}`);
}

/** Types into a text or an SQL field in place of what is there, and leaves it. */
export async function setField(
  page: Page,
  path: string,
  text: string,
): Promise<void> {
  const control = field(page, path).locator("input, [contenteditable=true]");
  await typeInto(page, control.first(), text);
}

async function typeInto(
  page: Page,
  control: Locator,
  text: string,
): Promise<void> {
  await control.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
  await page.keyboard.press("Tab");
}

/** Opens a list of choices and takes one. */
export async function choose(
  page: Page,
  control: Locator,
  choice: string,
): Promise<void> {
  await control.click();
  await page.getByRole("option", { name: choice, exact: true }).click();
}

export async function chooseConnector(
  page: Page,
  title: string,
): Promise<void> {
  await choose(page, page.getByTestId("connector"), title);
}

/** Sets an option of the connector, wherever the form has it: open, folded away or to be added by its key. */
export async function setOption(
  page: Page,
  key: string,
  text: string,
): Promise<void> {
  const options = field(page, "table.options");
  const known = options.getByTestId(`field-table.options.${key}`);
  if ((await known.count()) === 0) {
    await addByKey(page, options.getByLabel("Add another option"), key);
    await typeInto(page, options.getByLabel(key, { exact: true }), text);
    return;
  }
  if (!(await known.isVisible())) await options.locator("summary").click();
  const control = known.locator("input, button").first();
  if ((await control.evaluate((element) => element.tagName)) === "BUTTON")
    await choose(page, control, text);
  else await typeInto(page, control, text);
}

/** Flink's settings of the pipeline; nothing may be selected. */
export async function setSetting(
  page: Page,
  key: string,
  text: string,
): Promise<void> {
  const settings = field(page, "settings");
  await addByKey(page, settings.getByLabel("Add a setting"), key);
  await typeInto(page, settings.getByLabel(key, { exact: true }), text);
}

async function addByKey(
  page: Page,
  control: Locator,
  key: string,
): Promise<void> {
  await control.click();
  await page.keyboard.type(key);
  await page.keyboard.press("Enter");
}

/** Adds columns to a table: "delay INT". */
export async function addColumns(
  page: Page,
  ...columns: string[]
): Promise<void> {
  const table = field(page, "table.columns");
  const names = table.getByLabel(/^Column \d+ name$/);
  for (const column of columns) {
    const [name = "", type = ""] = column.split(/ (.*)/);
    const number = (await names.count()) + 1;
    await table.getByRole("button", { name: "Add column" }).click();
    await typeInto(page, table.getByLabel(`Column ${number} name`), name);
    await typeInto(page, table.getByLabel(`Column ${number} type`), type);
  }
}
