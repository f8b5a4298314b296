package io.callweave.topics;

import io.callweave.schema.Schemas;
import io.callweave.value.Timestamps;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The names of the headers on Callweave's records, and their form: UTF-8 text, with times as in values. */
public final class Headers {

    /** On notifications: the transport, such as {@code webhook}. */
    public static final String TRANSPORT = "transport";

    /** On notifications: when the bridge received them. */
    public static final String RECEIVED_AT = "receivedAt";

    /** On notifications and dead letters: the account, if known. On every other record: its account. */
    public static final String ACCOUNT = "account";

    /**
     * On notifications and dead letters: their source, such as a file and its line. On {@code directory}: {@code ringcentral} if
     * the entry was read from there.
     */
    public static final String SOURCE = "source";

    /** On dead letters: why they could not be used. */
    public static final String REASON = "reason";

    /** On dead letters: one sentence that says exactly what is wrong. */
    public static final String DETAIL = "detail";

    /** On dead letters: when they were rejected. */
    public static final String REJECTED_AT = "rejectedAt";

    /** On output records: the version of the value's schema. */
    public static final String SCHEMA_VERSION = "schemaVersion";

    /** On call records: why they were emitted at this time. */
    public static final String COMPLETION_REASON = "completionReason";

    /** On output records: when the notification that caused them was received. */
    public static final String LAST_RECEIVED_AT = "lastReceivedAt";

    /** On output records: the lifetime of the application's state. It grows when the state is reset. */
    public static final String EPOCH = "epoch";

    /** On call records: the key of the first gap on {@code feed-gaps} that a session of the call overlaps. */
    public static final String FEED_GAP = "feedGap";

    /** On call records: what differs from the revision before, if nothing but their artifacts does. */
    public static final String CHANGED = "changed";

    private static final Header ARTIFACTS_CHANGED = text(CHANGED, "artifacts");

    private static final Header SCHEMA = text(SCHEMA_VERSION, Schemas.VERSION);

    private Headers() {}

    /**
     * The headers of every output record.
     *
     * @param account {@link #ACCOUNT}: the account that the record belongs to
     * @param lastReceivedAt {@link #LAST_RECEIVED_AT}: when the notification that caused it was received
     * @param epoch {@link #EPOCH}, made once
     */
    public static RecordHeaders ofOutput(Header account, Header lastReceivedAt, Header epoch) {
        return new RecordHeaders(new Header[] {account, SCHEMA, lastReceivedAt, epoch});
    }

    /** {@link #CHANGED} of a record of which only the artifacts differ. */
    public static Header artifactsChanged() {
        return ARTIFACTS_CHANGED;
    }

    /**
     * Whether a notification has all that our bridge writes beside it. Another producer that names an account in the header does
     * not write when and how the notification was received.
     */
    public static boolean areOfBridge(org.apache.kafka.common.header.Headers headers) {
        return headers.lastHeader(ACCOUNT) != null
                && headers.lastHeader(TRANSPORT) != null
                && headers.lastHeader(RECEIVED_AT) != null;
    }

    public static Header text(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A header with a time.
     *
     * @param epochMs in milliseconds since the epoch
     */
    public static Header time(String name, long epochMs) {
        return text(name, Timestamps.iso(epochMs));
    }

    /** The last value with this name; null if there is none. */
    public static @Nullable String text(org.apache.kafka.common.header.Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /**
     * The last value with this name in milliseconds since the epoch; null if there is none.
     *
     * @throws java.time.format.DateTimeParseException if it is not a time
     */
    public static @Nullable Long time(org.apache.kafka.common.header.Headers headers, String name) {
        String text = text(headers, name);
        return text == null ? null : Timestamps.millis(text);
    }
}
