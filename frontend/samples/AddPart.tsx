import { Plus } from "lucide-react";
import type { PipelineTest } from "../document/document";
import { useDocument } from "../document/store";
import { Button } from "../ui/Button";
import { Menu, type MenuItem } from "../ui/Menu";
import { change } from "./changeTest";
import { chooseTest } from "./chosen";
import { sampleOf } from "./sample";
import { withExpectation, withSample } from "./test";

/** Has the test expect something of another node, or read a sample of another source. */
export function AddPart({
  pipeline,
  id,
  test,
}: {
  pipeline: string;
  id: string;
  test: PipelineTest;
}) {
  const document = useDocument((state) => state.document);
  const nodes = Object.entries(document.nodes);
  const expectations = nodes
    .filter(([node]) => !test.expect[node])
    .map(([node, { name }]): MenuItem => ({
      id: `expect ${node}`,
      label: `Expect of ${name}`,
      onSelect: () => {
        change(
          id,
          (now) => withExpectation(now, node, { rows: [] }),
          `Expect no rows of ${name} in ${test.name}`,
        );
        chooseTest(pipeline, id, { kind: "expect", node });
      },
    }));
  const samples = nodes.flatMap(([node, { kind, name }]): MenuItem[] => {
    const sample = sampleOf(document, node);
    if (kind !== "source" || !sample) return [];
    const { live: _, ...rows } = sample;
    return [
      {
        id: `sample ${node}`,
        label: test.samples[node]
          ? `Take ${name}’s sample as it is now`
          : `Read ${name}’s sample`,
        onSelect: () => {
          change(
            id,
            (now) => withSample(now, node, rows),
            `Take the sample of ${name} into ${test.name}`,
          );
          chooseTest(pipeline, id, { kind: "sample", node });
        },
      },
    ];
  });
  const between: MenuItem[] =
    expectations.length > 0 && samples.length > 0 ? ["separator"] : [];
  return (
    <Menu
      trigger={
        <Button size="sm" variant="ghost" icon={<Plus size={13} />}>
          Add
        </Button>
      }
      items={[...expectations, ...between, ...samples]}
    />
  );
}
