import createClient from "openapi-fetch";
import { create } from "zustand";
import { ApiError, apiError, unreachable } from "./errors";
import type { paths } from "./schema";

export const api = createClient<paths>({
  baseUrl: location.origin,
  // Looked up at each call, so that tests can answer in its place.
  fetch: (request) => fetch(request),
});

/** Whether the server has refused this browser: it has no session's cookie. */
export const useUnauthorized = create<boolean>(() => false);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's body, or an ApiError thrown. */
export async function answer<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, response, error } = await request.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError")
      throw cause;
    throw unreachable(cause);
  });
  if (!response.ok) throw refused(apiError(response.status, error));
  // A 204 has no body; its T is undefined.
  return data as T;
}

/** Remembers a 401, which every part of the page answers in the same way. */
export function refused(error: ApiError): ApiError {
  if (error.status === 401) useUnauthorized.setState(true, true);
  return error;
}
