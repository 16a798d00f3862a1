import { Monitor, Moon, Sun } from "lucide-react";
import { IconButton } from "../ui/IconButton";
import { type Theme, useTheme } from "../ui/theme";

const next: Record<Theme, Theme> = {
  system: "light",
  light: "dark",
  dark: "system",
};
const titles: Record<Theme, string> = {
  system: "Theme: as the system",
  light: "Theme: light",
  dark: "Theme: dark",
};
const icons = { system: Monitor, light: Sun, dark: Moon };

export function ThemeToggle() {
  const { theme, choose } = useTheme();
  const Icon = icons[theme];
  return (
    <IconButton
      aria-label={titles[theme]}
      data-testid="theme-toggle"
      onClick={() => choose(next[theme])}
    >
      <Icon size={15} />
    </IconButton>
  );
}
