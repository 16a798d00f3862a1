import { Trash2 } from "lucide-react";
import { memo } from "react";
import type { Diagnostic, Kind, KindField, Port } from "../api/types";
import { categoryClass } from "../canvas/categories";
import { KindIcon } from "../canvas/KindIcon";
import { useKindMap } from "../canvas/KindMap";
import { NO_DIAGNOSTICS } from "../document/analysis";
import { useAnalysis } from "../document/AnalysisProvider";
import { type PipelineNode, valueAt } from "../document/document";
import { describeNode, remove } from "../document/edits";
import { setFieldAndSets } from "../document/groups";
import { documentStore } from "../document/store";
import { IconButton } from "../ui/IconButton";
import { TextArea } from "../ui/TextArea";
import { SampleChoice } from "../samples/SampleChoice";
import { FieldControl } from "./FieldControl";
import { DiagnosticList, FieldFrame } from "./FieldFrame";
import { at, isShown } from "./fieldProps";
import { InputsField } from "./InputsField";
import { NameField } from "./NameField";
import { NodeScopeProvider } from "./NodeScope";
import { useDraft } from "./useDraft";

const NO_PORTS: Port[] = [];

/** The form of one node, drawn from its kind's description. */
export function NodeForm({ id, node }: { id: string; node: PipelineNode }) {
  const kind = useKindMap().get(node.kind);
  const problems = useAnalysis().byNode.get(id) ?? NO_DIAGNOSTICS;
  const fields = (kind?.fields ?? []).filter((field) =>
    isShown(field, node.config),
  );
  const placed = fields.flatMap((field) => at(problems, field.path));
  const general = problems.filter(
    (problem) => !placed.includes(problem) && problem.field !== "name",
  );
  return (
    <NodeScopeProvider node={id}>
      <FormHeader id={id} node={node} kind={kind} />
      <div className="flex flex-col gap-4 px-3 py-3">
        <DiagnosticList diagnostics={general} />
        <NameField
          id={id}
          name={node.name}
          diagnostics={at(problems, "name")}
        />
        {node.kind === "source" && <SampleChoice id={id} />}
        <InputsField id={id} ports={kind?.inputs ?? NO_PORTS} />
        {fields.map((field) => (
          <NodeField
            key={field.path}
            id={id}
            field={field}
            node={node}
            diagnostics={at(problems, field.path)}
          />
        ))}
        <DescriptionField id={id} description={node.description} />
      </div>
    </NodeScopeProvider>
  );
}

function FormHeader({
  id,
  node,
  kind,
}: {
  id: string;
  node: PipelineNode;
  kind: Kind | undefined;
}) {
  return (
    <header
      className={`flex items-start gap-2.5 border-b px-3 py-2.5 ${categoryClass(kind?.category)}`}
    >
      <span className="palette-icon mt-0.5">
        <KindIcon icon={kind?.icon ?? "unknown"} size={15} />
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="text-sm font-semibold">{kind?.title ?? node.kind}</h2>
        <p className="line-clamp-3 text-xs text-muted" title={kind?.help}>
          {kind?.help ?? "This server does not know nodes of this kind."}
        </p>
      </div>
      <IconButton
        aria-label={`Delete ${node.name}`}
        size="sm"
        onClick={() => {
          const { document } = documentStore.api.getState();
          documentStore.edit(remove(document, [id], []));
        }}
      >
        <Trash2 size={14} />
      </IconButton>
    </header>
  );
}

const NodeField = memo(function NodeField({
  id,
  field,
  node,
  diagnostics,
}: {
  id: string;
  field: KindField;
  node: PipelineNode;
  diagnostics: readonly Diagnostic[];
}) {
  return (
    <FieldFrame
      path={field.path}
      title={field.title}
      required={field.required}
      help={field.help}
      diagnostics={diagnostics}
    >
      <FieldControl
        field={field}
        value={valueAt(node.config, field.path)}
        diagnostics={diagnostics}
        onChange={(value, burst) => {
          const { document } = documentStore.api.getState();
          // The last word of a field whose node has just been deleted is for nobody.
          if (document.nodes[id])
            documentStore.edit(
              setFieldAndSets(document, id, field, value),
              burst,
            );
        }}
      />
    </FieldFrame>
  );
});

function DescriptionField({
  id,
  description,
}: {
  id: string;
  description: string;
}) {
  const draft = useDraft(description, (text, burst) => {
    const { document } = documentStore.api.getState();
    if (document.nodes[id])
      documentStore.edit(describeNode(document, id, text), burst);
  });
  return (
    <div data-testid="field-description">
      <TextArea
        label="Description"
        help="Becomes the comment above the node's SQL."
        rows={2}
        value={draft.text}
        onChange={draft.onChange}
        onFocus={draft.onFocus}
        onBlur={draft.onBlur}
      />
    </div>
  );
}
