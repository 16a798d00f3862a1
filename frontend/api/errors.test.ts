import { expect, it } from "vitest";
import { ApiError, apiError, unreachable } from "./errors";

it("takes detail, code and diagnostics from problem+json", () => {
  const diagnostic = {
    node: "f",
    field: "condition",
    severity: "error" as const,
    code: "unbalanced-bracket",
    summary: "A bracket is not closed",
    detail: "Close it.",
  };
  const error = apiError(409, {
    title: "Conflict",
    detail: "The pipeline has mistakes.",
    code: "invalid-document",
    diagnostics: [diagnostic],
  });
  expect(error).toBeInstanceOf(ApiError);
  expect(error.message).toBe("The pipeline has mistakes.");
  expect(error.code).toBe("invalid-document");
  expect(error.status).toBe(409);
  expect(error.diagnostics).toEqual([diagnostic]);
});

it("carries the present document of a conflict", () => {
  const document = {
    format: 1,
    name: "a",
    mode: "streaming",
    settings: {},
    nodes: {},
    edges: [],
  };
  const error = apiError(409, { code: "conflict", revision: 7, document });
  expect(error.current).toEqual({ revision: 7, document });
});

it("adds the fields that a validation refused", () => {
  const error = apiError(422, {
    detail: "validation failed",
    errors: [{ location: "body.name", message: "expected string" }],
  });
  expect(error.message).toBe("validation failed\nbody.name: expected string");
});

it("says something about an answer that is no problem+json", () => {
  const error = apiError(502, "<html>Bad gateway</html>");
  expect(error.message).toContain("502");
  expect(error.code).toBe("http-502");
  expect(error.diagnostics).toEqual([]);
});

it("names a missing session and a server that does not answer", () => {
  expect(apiError(401, null).code).toBe("unauthorized");
  expect(unreachable(new TypeError("Failed to fetch")).status).toBe(0);
});
