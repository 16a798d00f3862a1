import type { PipelineTest } from "../document/document";
import { documentStore } from "../document/store";
import { setTest, testOf } from "./test";

/** One edit of a test, by what makes the new one of the present one. */
export function change(
  id: string,
  make: (test: PipelineTest) => PipelineTest,
  label: string,
  burst?: string,
): void {
  const { document } = documentStore.api.getState();
  const test = testOf(document, id);
  if (test) documentStore.edit(setTest(id, make(test), label), burst);
}
