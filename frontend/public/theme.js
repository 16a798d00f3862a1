// Runs before the first paint, so that a chosen theme never flashes the other one. See ui/theme.ts.
try {
  const theme = localStorage.getItem("millrace.theme");
  if (theme === "light" || theme === "dark")
    document.documentElement.dataset.theme = theme;
} catch {
  // Storage is off: the system's theme stays.
}
