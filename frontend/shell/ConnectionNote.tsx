import { WifiOff } from "lucide-react";
import { useConnection } from "../live/hooks";
import { Badge } from "../ui/Badge";

/** Says when what is shown may be old. It waits a second, so that a short gap or the first connect does not flicker. */
export function ConnectionNote() {
  const connection = useConnection();
  return (
    <span data-testid="connection" data-state={connection} role="status">
      {connection === "reconnecting" ? (
        <Badge tone="warn" className="connection-note">
          <WifiOff size={12} />
          Reconnecting… figures may be old
        </Badge>
      ) : (
        <span className="sr-only">Connected</span>
      )}
    </span>
  );
}
