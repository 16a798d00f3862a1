import { create } from "zustand";

export type Theme = "system" | "light" | "dark";

const key = "millrace.theme"; // public/theme.js reads it before the first paint

function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is off: the choice holds until the page is closed.
  }
}

interface ThemeStore {
  theme: Theme;
  choose: (theme: Theme) => void;
}

/** The chosen theme, and how to choose another. */
export const useTheme = create<ThemeStore>((set) => ({
  theme: stored(),
  choose: (theme) => {
    apply(theme);
    set({ theme });
  },
}));
