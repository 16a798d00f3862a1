package millrace.tap;

import java.io.IOException;

/** The server ended the preview, refused it, or cannot be reached any more. */
final class PreviewGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    PreviewGoneException(Throwable cause) {
        super("the preview is gone", cause);
    }
}
