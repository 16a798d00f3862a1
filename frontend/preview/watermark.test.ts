import { expect, it } from "vitest";
import { watermarkText } from "./watermark";

it("is written as a TIMESTAMP", () => {
  expect(watermarkText("2026-01-02T03:04:05.678Z")).toBe(
    "2026-01-02 03:04:05.678",
  );
  expect(watermarkText("2026-01-02T03:04:05Z")).toBe("2026-01-02 03:04:05");
});

it("stays as it came where it is no such time", () => {
  expect(watermarkText("end of input")).toBe("end of input");
});
