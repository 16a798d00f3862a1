/**
 * The nonce that this page's Content-Security-Policy allows for <style> elements, e.g. CodeMirror's (EditorView.cspNonce).
 * undefined where the server put none, as in development.
 */
export function cspNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>(
    'meta[name="csp-nonce"]',
  );
  const nonce = meta?.content;
  return nonce && !nonce.startsWith("__") ? nonce : undefined;
}
