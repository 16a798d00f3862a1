import { ClipboardCheck } from "lucide-react";
import type { Preview } from "../api/types";
import { documentStore } from "../document/store";
import { Button } from "../ui/Button";
import { count } from "../ui/format";
import { toast } from "../ui/toast";
import { askTab } from "./askedTab";
import { chooseTest } from "./chosen";
import { expectRows } from "./test";
import { type Rows, useExpectable } from "./useExpectable";

/** In the rows pane of a finished run on samples: makes a test of what is on the screen. */
export function ExpectThis({
  preview,
  node,
}: {
  preview: Preview;
  node: string;
}) {
  const { rows, why } = useExpectable(preview, node);
  if (why !== undefined || !rows) return null;
  return (
    <Button
      size="sm"
      className="ml-auto"
      icon={<ClipboardCheck size={13} />}
      title="Makes a test of the samples in use and these rows"
      data-testid="expect-this"
      onClick={() => expectNow(preview.pipeline, node, rows)}
    >
      Expect this
    </Button>
  );
}

/** Makes the test and shows it. */
export function expectNow(pipeline: string, node: string, rows: Rows): void {
  const { document } = documentStore.api.getState();
  const expected = rows();
  const { test, ...edit } = expectRows(document, node, expected);
  if (!documentStore.edit(edit)) return;
  chooseTest(pipeline, test, { kind: "expect", node });
  askTab("tests");
  const name = documentStore.api.getState().document.tests?.[test]?.name;
  toast({
    title: `${name ?? "The test"} expects ${count(expected.length)} ${expected.length === 1 ? "row" : "rows"}`,
    tone: "ok",
  });
}
