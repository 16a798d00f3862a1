import { expect, it } from "vitest";
import { watermarkText } from "./watermark";

it("is written as a TIMESTAMP", () => {
  expect(watermarkText("2026-01-02T03:04:05.678Z")).toBe(
    "2026-01-02 03:04:05.678",
  );
  expect(watermarkText("2026-01-02T03:04:05Z")).toBe("2026-01-02 03:04:05");
});

it("says that the input has ended", () => {
  expect(watermarkText("end")).toBe("at the end of the input");
});
