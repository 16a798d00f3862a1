import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactNode } from "react";
import { cspNonce } from "./nonce";
import { Toasts } from "./toast";

/** What the parts of ui/ need around the page: the style nonce, one delay for tooltips, the toasts. */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <CSPProvider nonce={cspNonce()}>
      <Tooltip.Provider delay={500}>
        <Toasts>{children}</Toasts>
      </Tooltip.Provider>
    </CSPProvider>
  );
}
