import { expect, test } from "vitest";
import { ApiError } from "../api/errors";
import { testDocument } from "../document/fixtures";
import { answerOf } from "./server";

function error(status: number, code = "x") {
  return new ApiError({ status, code, detail: "Because." });
}

test("a conflict brings the present document", () => {
  const document = testDocument();
  const conflict = new ApiError({
    status: 409,
    code: "conflict",
    detail: "",
    current: { revision: 9, document },
  });
  expect(answerOf(conflict)).toEqual({
    kind: "conflict",
    revision: 9,
    document,
  });
});

test.each([
  [422, "refused"],
  [400, "refused"],
  [404, "gone"],
  [0, "failed"],
  [401, "failed"],
  [500, "failed"],
  [507, "failed"],
  [429, "failed"],
])("status %d means %s", (status, kind) => {
  expect(answerOf(error(status)).kind).toBe(kind);
});
