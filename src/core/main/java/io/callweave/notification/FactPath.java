package io.callweave.notification;

import io.callweave.call.fact.FactKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of an event that is a later fact.
 *
 * @param owner the extension, recording or log record in it; empty for insights
 */
record FactPath(FactKind kind, String owner) {

    private static final Pattern INSIGHTS =
            Pattern.compile("/ai/ringsense/v1/public/accounts/[^/]+/domains/pbx/insights");
    private static final Pattern VOICEMAIL =
            Pattern.compile("/restapi/v1\\.0/account/[^/]+/extension/([^/]+)/voicemail");
    private static final Pattern RECORDING = Pattern.compile("/restapi/v1\\.0/account/[^/]+/recording/([^/]+)");
    private static final Pattern CALL_LOG = Pattern.compile("/restapi/v1\\.0/account/[^/]+/call-log/([^/]+)");

    /** Null if it is another event. */
    static @Nullable FactPath of(String path) {
        if (INSIGHTS.matcher(path).matches()) {
            return new FactPath(FactKind.INSIGHTS, "");
        }
        FactPath voicemail = of(FactKind.VOICEMAIL, VOICEMAIL.matcher(path));
        if (voicemail != null) {
            return voicemail;
        }
        FactPath recording = of(FactKind.RECORDING, RECORDING.matcher(path));
        return recording != null ? recording : of(FactKind.CALL_LOG, CALL_LOG.matcher(path));
    }

    private static @Nullable FactPath of(FactKind kind, Matcher path) {
        return path.matches() ? new FactPath(kind, path.group(1)) : null;
    }
}
