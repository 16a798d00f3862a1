import { Link, Outlet } from "@tanstack/react-router";
import { useUnauthorized } from "../api/client";
import { ConnectionNote } from "./ConnectionNote";
import { EngineStatus } from "./EngineStatus";
import { Logo } from "./Logo";
import { ThemeToggle } from "./ThemeToggle";
import { Unauthorized } from "./Unauthorized";

const tabs = [
  { to: "/", title: "Pipelines" },
  { to: "/jobs", title: "Jobs" },
  { to: "/functions", title: "Functions" },
] as const;

/** The header and, below it, the open page, which fills the rest of the window. */
export function Shell() {
  if (useUnauthorized()) return <Unauthorized />;
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-11 shrink-0 items-center gap-1 border-b bg-surface px-3">
        <Logo />
        <nav
          aria-label="Main"
          className="ml-3 flex h-full items-center gap-0.5"
        >
          {tabs.map((tab) => (
            <Link
              key={tab.to}
              to={tab.to}
              activeOptions={{ exact: true }}
              className="flex h-7 items-center rounded-md px-2.5 font-medium text-muted hover:bg-hover hover:text-text data-[status=active]:bg-hover data-[status=active]:text-text"
            >
              {tab.title}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-2">
          <ConnectionNote />
          <EngineStatus />
          <ThemeToggle />
        </div>
      </header>
      <main className="flex min-h-0 flex-1 flex-col">
        <Outlet />
      </main>
    </div>
  );
}
