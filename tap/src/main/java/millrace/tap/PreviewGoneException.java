package millrace.tap;

import java.io.IOException;

/**
 * The server ended the preview, refused it, or cannot be reached any more. It has no cause, so that it is
 * the root cause of its job's failure, which is what people are shown.
 */
final class PreviewGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    PreviewGoneException(String why) {
        super("the preview is gone: " + why);
    }
}
