import { KeyRound } from "lucide-react";
import { EmptyState } from "../ui/EmptyState";

/** The whole page when the server does not know this browser. */
export function Unauthorized() {
  return (
    <main className="flex h-full flex-col">
      <EmptyState
        wholePage
        icon={<KeyRound size={28} />}
        title="Open the address that the server printed"
      >
        This browser is not signed in. When Millrace starts, it prints an
        address with a one-time token in its terminal; open that address once
        here.
      </EmptyState>
    </main>
  );
}
