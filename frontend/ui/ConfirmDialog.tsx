import { Button } from "./Button";
import { Dialog, type DialogProps } from "./Dialog";
import { ProblemNote } from "./ProblemNote";

interface Props extends Omit<DialogProps, "footer"> {
  confirmLabel: string;
  danger?: boolean;
  busy?: boolean;
  /** The action is not possible now; the children say why. */
  blocked?: boolean;
  /** What went wrong at the last try; shown above the buttons. */
  error?: Error | null;
  onConfirm: () => void;
}

/** Asks once. The caller closes it when the action has succeeded, so that a failure is shown where it happened. */
export function ConfirmDialog({
  confirmLabel,
  danger = false,
  busy = false,
  blocked = false,
  error = null,
  onConfirm,
  children,
  ...rest
}: Props) {
  return (
    <Dialog
      width="sm"
      {...rest}
      footer={
        <>
          <Button onClick={() => rest.onOpenChange(false)}>Cancel</Button>
          <Button
            variant={danger ? "danger" : "primary"}
            busy={busy}
            disabled={blocked}
            onClick={onConfirm}
            data-testid="confirm"
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
      <ProblemNote error={error} />
    </Dialog>
  );
}
