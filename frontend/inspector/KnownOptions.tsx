import { ChevronRight } from "lucide-react";
import type { Connector, ConnectorOption, Diagnostic } from "../api/types";
import { Select } from "../ui/Select";
import { DraftInput } from "./DraftInput";
import { at, orNothing } from "./fieldProps";
import { FieldFrame } from "./FieldFrame";
import type { Options } from "./OptionsInput";

interface Props {
  path: string;
  connector: Connector | undefined;
  options: Options;
  onSet: (key: string, value: string | undefined, burst?: string) => void;
  diagnostics: readonly Diagnostic[];
}

/** Keys with a placeholder, such as fields.<column>.min, are offered where free keys are added. */
export function isTemplate({ key }: ConnectorOption): boolean {
  return key.includes("<");
}

/** The connector's options: needed and given ones first, the others folded away. */
export function KnownOptions(props: Props) {
  const { connector, options } = props;
  const known = (connector?.options ?? []).filter((one) => !isTemplate(one));
  const open = known.filter(({ required, key }) => required || key in options);
  const folded = known.filter((option) => !open.includes(option));
  return (
    <>
      {open.map((option) => (
        <Option key={option.key} option={option} {...props} />
      ))}
      {folded.length > 0 && (
        <details className="group/more">
          <summary className="flex list-none items-center gap-1 text-xs font-medium text-muted hover:text-text">
            <ChevronRight
              size={13}
              className="transition-transform group-open/more:rotate-90"
            />
            {folded.length} more {folded.length === 1 ? "option" : "options"}
          </summary>
          <div className="mt-2 flex flex-col gap-3 border-l pl-3">
            {folded.map((option) => (
              <Option key={option.key} option={option} {...props} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function Option({
  option,
  path,
  options,
  onSet,
  diagnostics,
}: Props & { option: ConnectorOption }) {
  const problems = at(diagnostics, `${path}.${option.key}`);
  const value = options[option.key] ?? "";
  const choices =
    option.type === "boolean" ? ["true", "false"] : (option.values ?? []);
  const fallback = option.default ? `Default: ${option.default}` : "Not set";
  return (
    <FieldFrame
      path={`${path}.${option.key}`}
      title={option.title}
      required={option.required}
      help={option.help}
      diagnostics={problems}
    >
      {choices.length > 0 ? (
        <Select
          label={option.title}
          hideLabel
          value={value}
          placeholder={option.required ? "Choose…" : fallback}
          options={[
            ...(option.required ? [] : [{ value: "", title: fallback }]),
            ...choices.map((choice) => ({ value: choice, title: choice })),
          ]}
          onChange={(next) => onSet(option.key, orNothing(next))}
        />
      ) : (
        <DraftInput
          label={option.title}
          path={`${path}.${option.key}`}
          mono
          value={value}
          placeholder={option.default ?? ""}
          invalid={problems.some(({ severity }) => severity === "error")}
          onCommit={(text, burst) => onSet(option.key, orNothing(text), burst)}
        />
      )}
    </FieldFrame>
  );
}
