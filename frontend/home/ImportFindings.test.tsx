import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Finding } from "../api/types";
import { testDocument } from "../document/fixtures";
import { ImportFindings } from "./ImportFindings";

it("marks the characters of a mistake, and goes to them", async () => {
  Element.prototype.scrollIntoView = () => {};
  const script = "SELECT a\nFROM WHERE b";
  const mistake: Finding = {
    node: "",
    field: "",
    severity: "error",
    code: "reserved-word",
    summary: "Reserved word used as a name",
    detail: "Line 2, column 6: Put it in back-ticks.",
    start: 14,
    end: 19,
  };
  const onGo = vi.fn();
  render(
    <ImportFindings
      imported={{ document: testDocument(), diagnostics: [mistake] } as never}
      script={script}
      onGo={onGo}
    />,
  );
  const mark = screen.getByText("WHERE");
  expect(mark.tagName).toBe("MARK");
  expect(mark.parentElement?.textContent).toBe("FROM WHERE b");
  await userEvent.click(screen.getByRole("button", { name: "Line 2" }));
  expect(onGo).toHaveBeenCalledWith(
    expect.objectContaining({ from: 14, to: 19 }),
  );
});
