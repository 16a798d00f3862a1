import { Autocomplete } from "@base-ui/react/autocomplete";
import { useState } from "react";
import { inputClass } from "../ui/Field";
import { popupClass } from "../ui/Menu";
import { useDraft } from "./useDraft";

export interface Suggestion {
  value: string;
  detail?: string;
}

/** A text with suggestions; anything else may be typed too. */
export function SuggestInput({
  label,
  path,
  value,
  suggestions,
  onCommit,
  onPick,
  placeholder,
  invalid = false,
  mono = true,
}: {
  label: string;
  path?: string | undefined;
  value: string;
  suggestions: readonly Suggestion[];
  onCommit: (text: string, burst: string) => void;
  /** A suggestion was chosen or Enter was pressed: the text is complete. */
  onPick?: (text: string) => void;
  placeholder?: string | undefined;
  invalid?: boolean;
  mono?: boolean;
}) {
  const draft = useDraft(value, onCommit);
  // A list that is opened on a complete value offers everything; typing narrows it.
  const [narrowing, setNarrowing] = useState(false);
  return (
    <Autocomplete.Root
      items={suggestions}
      itemToStringValue={(item: Suggestion) => item.value}
      value={draft.text}
      mode={narrowing ? "list" : "none"}
      onOpenChange={(open) => {
        if (!open) setNarrowing(false);
      }}
      onValueChange={(text, { reason }) => {
        setNarrowing(reason === "input-change");
        if (reason === "item-press" && onPick) onPick(text);
        else draft.onChange(text);
      }}
      openOnInputClick
    >
      <Autocomplete.Input
        aria-label={label}
        data-field={path}
        aria-invalid={invalid || undefined}
        placeholder={placeholder}
        spellCheck={false}
        onFocus={draft.onFocus}
        onBlur={draft.onBlur}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !onPick || event.defaultPrevented)
            return;
          if (event.currentTarget.getAttribute("aria-activedescendant")) return;
          event.preventDefault();
          onPick(event.currentTarget.value);
        }}
        className={`${inputClass} h-7.5 ${mono ? "font-mono text-xs!" : ""}`}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} className="z-50 outline-none">
          <Autocomplete.Popup
            className={`${popupClass} w-max max-w-96 min-w-(--anchor-width) data-empty:hidden`}
          >
            <Autocomplete.List className="max-h-[min(16rem,var(--available-height))] overflow-y-auto">
              {(item: Suggestion) => (
                <Autocomplete.Item
                  key={item.value}
                  value={item}
                  className="flex h-7 cursor-default items-center justify-between gap-4 rounded-sm px-2 text-xs outline-none data-highlighted:bg-hover"
                >
                  <span className={`truncate ${mono ? "font-mono" : ""}`}>
                    {item.value}
                  </span>
                  {item.detail && (
                    <span className="max-w-48 truncate font-mono text-2xs text-faint">
                      {item.detail}
                    </span>
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
