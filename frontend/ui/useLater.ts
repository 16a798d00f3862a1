import { useEffect, useState } from "react";

/** Whether so much time has passed since the key became what it is. */
export function useLater(ms: number, key: string): boolean {
  const [passed, setPassed] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setPassed(key), ms);
    return () => clearTimeout(timer);
  }, [ms, key]);
  return passed === key;
}
