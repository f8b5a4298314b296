package io.callweave;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Awaitility gives up after ten seconds by default. Only a failure waits for longer, or a machine that does much else. */
public final class PatientAwaits implements BeforeAllCallback {

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
