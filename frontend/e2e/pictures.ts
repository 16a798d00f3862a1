import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";

const folder = resolve("test-results", "pictures");

/** Keeps what the page looks like, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await photograph(page, join(folder, `${name}.png`));
}

/** One of the README's pictures, taken anew when MILLRACE_DOCS is 1. */
export async function readmePicture(page: Page, file: string): Promise<void> {
  if (process.env["MILLRACE_DOCS"] === "1")
    await photograph(page, resolve("docs", file));
}

async function photograph(page: Page, path: string): Promise<void> {
  await page.screenshot({ path, animations: "disabled" });
}

/** Chooses a theme by the button in the header. */
export async function chooseTheme(
  page: Page,
  theme: "light" | "dark",
): Promise<void> {
  const toggle = page.getByTestId("theme-toggle");
  for (let press = 0; press < 3; press++) {
    if ((await toggle.getAttribute("aria-label")) === `Theme: ${theme}`) break;
    await toggle.click();
  }
  await page.locator(`html[data-theme=${theme}]`).waitFor();
  await page.mouse.move(700, 20);
}
