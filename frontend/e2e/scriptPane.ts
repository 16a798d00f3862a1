import type { Locator, Page } from "playwright-core";

// What a person does in the text beside the canvas.

/** Puts the caret behind a text that is on the screen in the SQL tab, by the mouse. */
export async function caretBehind(page: Page, text: string): Promise<void> {
  const content = page.getByTestId("sql-pane").locator(".cm-content");
  const line = content.locator(".cm-line", { hasText: text }).first();
  await line.scrollIntoViewIfNeeded();
  const place = await line.evaluate((element, wanted) => {
    const whole = element.textContent;
    let left = whole.indexOf(wanted) + wanted.length;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (left <= length) {
        range.setStart(node, left);
        range.setEnd(node, left);
        break;
      }
      left -= length;
    }
    const { x, y, height } = range.getBoundingClientRect();
    return { x, y: y + height / 2 };
  }, text);
  await page.mouse.click(place.x, place.y);
  await page.getByTestId("sql-pane").locator(".cm-editor.cm-focused").waitFor();
}

/** The line above the script once it says that. */
export function scriptState(page: Page, state: string): Locator {
  return page.locator(`[data-testid="script-state"][data-state="${state}"]`);
}
