import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { useId } from "react";
import { Field, type FieldProps, inputClass, noteId } from "./Field";
import { popupClass } from "./Menu";

interface Option {
  value: string;
  title: string;
}

interface Props extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly Option[];
  placeholder?: string;
  disabled?: boolean;
  "data-testid"?: string;
}

export function Select({
  label,
  hideLabel = false,
  help,
  error,
  required = false,
  value,
  onChange,
  options,
  placeholder = "Choose…",
  disabled = false,
  ...rest
}: Props) {
  const id = useId();
  return (
    <Field {...{ id, label, hideLabel, help, error, required }}>
      <Base.Root
        value={value === "" ? null : value}
        onValueChange={(next: string | null) => onChange(next ?? "")}
        items={options.map((o) => ({ value: o.value, label: o.title }))}
        disabled={disabled}
      >
        <Base.Trigger
          id={id}
          aria-label={label}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || help ? noteId(id) : undefined}
          data-testid={rest["data-testid"]}
          className={`${inputClass} flex h-7.5 items-center justify-between gap-2 text-left data-placeholder:text-faint`}
        >
          <Base.Value placeholder={placeholder} className="truncate" />
          <Base.Icon className="text-faint">
            <ChevronsUpDown size={13} />
          </Base.Icon>
        </Base.Trigger>
        <Options options={options} />
      </Base.Root>
    </Field>
  );
}

function Options({ options }: { options: readonly Option[] }) {
  return (
    <Base.Portal>
      <Base.Positioner
        sideOffset={4}
        alignItemWithTrigger={false}
        className="z-50"
      >
        <Base.Popup
          className={`${popupClass} max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto`}
        >
          {options.map((option) => (
            <Base.Item
              key={option.value}
              value={option.value}
              className="flex h-7 cursor-default items-center gap-2 rounded-sm pr-3 pl-1.5 text-sm outline-none data-highlighted:bg-hover"
            >
              <span className="w-3.5 text-accent">
                <Base.ItemIndicator>
                  <Check size={13} />
                </Base.ItemIndicator>
              </span>
              <Base.ItemText>{option.title}</Base.ItemText>
            </Base.Item>
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
