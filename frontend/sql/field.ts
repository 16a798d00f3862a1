import { create } from "zustand";

/** The config path of the form's field that has the focus; "" when none has. */
export const useFocusedField = create<{ field: string }>(() => ({ field: "" }));

/** The config path that an element of the form belongs to. */
export function fieldOf(element: Element): string {
  const part = element.closest<HTMLElement>("[data-field]");
  if (part) return part.dataset["field"] ?? "";
  const frame = element.closest<HTMLElement>('[data-testid^="field-"]');
  return frame?.dataset["testid"]?.replace(/^field-/, "") ?? "";
}
