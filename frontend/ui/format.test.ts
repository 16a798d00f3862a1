import { expect, it } from "vitest";
import * as format from "./format";

it("writes counts in full and in short", () => {
  expect(format.count(1234567)).toBe("1,234,567");
  expect(format.compact(9999)).toBe("9,999");
  expect(format.compact(1234567)).toBe("1.23M");
});

it("writes rates", () => {
  expect(format.perSecond(0)).toBe("0/s");
  expect(format.perSecond(0.34)).toBe("0.3/s");
  expect(format.perSecond(4321.7)).toBe("4,322/s");
});

it("writes sizes", () => {
  expect(format.bytes(512)).toBe("512 bytes");
  expect(format.bytes(3_400_000)).toBe("3.4 MB");
});

it("writes ages in their largest unit", () => {
  const now = Date.parse("2026-01-02T00:00:00Z");
  expect(format.ago("2026-01-01T23:59:55Z", now)).toBe("just now");
  expect(format.ago("2026-01-01T23:59:15Z", now)).toBe("45 s ago");
  expect(format.ago("2026-01-01T23:57:00Z", now)).toBe("3 min ago");
  expect(format.ago("2025-12-30T00:00:00Z", now)).toBe("3 d ago");
  expect(format.ago("", now)).toBe("");
});

it("counts things", () => {
  expect(format.plural(1, "row")).toBe("1 row");
  expect(format.plural(0, "function")).toBe("0 functions");
});
