package io.callweave.console.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.console.store.NotificationPlace;
import io.callweave.console.store.StoreBatch;
import io.callweave.console.store.StoredCall;
import io.callweave.console.store.StoredWindow;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.LiveView;
import io.callweave.record.RecordedCall;
import io.callweave.record.RecordedWindow;
import io.callweave.topics.Headers;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Puts records of the topics into what is kept, and notes what to tell. Used by one thread. */
final class RecordReader {

    /** Others are not shown. */
    private static final Set<String> SIZES = Set.of("PT1H", "P1D");

    private static final Set<String> SCOPES = Set.of("account", "queue", "extension");

    private final Kept kept;
    private final Masking masking;
    private final PendingChanges pending;
    private final LiveRenames renames;

    RecordReader(Kept kept, Masking masking, PendingChanges pending) {
        this.kept = kept;
        this.masking = masking;
        this.pending = pending;
        renames = new LiveRenames(kept.live(), kept.names(), System::nanoTime);
    }

    /**
     * A record of a call, read.
     *
     * @param told the same for those who listen; null if nobody does, since many records are held together at the start
     */
    record ReadCall(StoredCall stored, @Nullable RecordedCall told) {}

    /**
     * Reads a record of a call: most of the work, done in several threads.
     *
     * @return empty for a tombstone, and for what is no call
     */
    Optional<ReadCall> prepare(ConsumerRecord<byte[], byte[]> read) {
        if (read.value() == null) {
            return Optional.empty();
        }
        try {
            byte[] value = masking.json(read.value());
            RecordedCall call = RecordedCall.of(value);
            return Optional.of(
                    new ReadCall(StoredCall.of(call, value, read.timestamp()), pending.isEnabled() ? call : null));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    void call(ConsumerRecord<byte[], byte[]> read, @Nullable ReadCall call, StoreBatch batch) throws SQLException {
        if (call != null) {
            RecordedCall told = call.told();
            if (batch.put(call.stored()) && told != null) {
                pending.add(
                        "call",
                        call.stored().accountId(),
                        CallRow.of(told, kept.names()).toString());
            }
        } else if (read.value() == null) {
            String key = new String(read.key(), StandardCharsets.UTF_8);
            int slash = key.indexOf('/');
            String account = key.substring(0, Math.max(slash, 0));
            String id = masking.callId(key.substring(slash + 1));
            if (batch.remove(account, id)) {
                tellEnd("gone", account, id);
            }
        }
    }

    private void tellEnd(String type, String account, String id) {
        ObjectNode end = JsonNodeFactory.instance.objectNode();
        end.put("accountId", account).put("callId", id);
        pending.add(type, account, end.toString());
    }

    void live(ConsumerRecord<byte[], byte[]> read) throws IOException {
        String key = new String(read.key(), StandardCharsets.UTF_8);
        if (read.value() != null) {
            if (!kept.live().takes(newsAt(read))) {
                return;
            }
            if (!(JsonLimits.tree(masking.json(read.value())) instanceof ObjectNode live)) {
                return;
            }
            LiveView view;
            try {
                view = LiveView.of(live, kept.live().get(key), newsAt(read), kept.names());
            } catch (IllegalArgumentException noLiveCall) {
                return;
            }
            tell(view);
            kept.live()
                    .put(key, view, read.value().length + view.bytesOfQueues())
                    .forEach(this::tellOver);
        } else if (kept.live().remove(key)) {
            tellOver(key);
        }
    }

    private void tellOver(String key) {
        int slash = key.indexOf('/');
        tellEnd("over", key.substring(0, Math.max(slash, 0)), masking.callId(key.substring(slash + 1)));
    }

    /** Learns what an extension is; live calls that name it are to be made again. */
    void name(ConsumerRecord<byte[], byte[]> read) {
        kept.names().learn(read.key(), read.value());
        if (read.key() != null) {
            renames.changed(new String(read.key(), StandardCharsets.UTF_8));
        }
    }

    /**
     * Makes some of the live calls again that have a name which changed.
     *
     * @return whether there are more
     */
    boolean rename() {
        renames.next().forEach(this::tell);
        return renames.hasMore();
    }

    private void tell(LiveView view) {
        if (pending.isEnabled()) {
            pending.add("live", view.call().accountId(), view.json().toString());
        }
    }

    void window(ConsumerRecord<byte[], byte[]> read, StoreBatch batch) throws IOException, SQLException {
        String key = new String(read.key(), StandardCharsets.UTF_8);
        if (SIZES.stream().noneMatch(size -> key.contains("/" + size + "/"))) {
            return;
        }
        pending.windowsChanged(key.substring(0, Math.max(key.indexOf('/'), 0)));
        if (read.value() == null) {
            batch.removeWindow(key);
            return;
        }
        RecordedWindow window;
        try {
            window = RecordedWindow.of(read.value());
        } catch (IllegalArgumentException noWindow) {
            return;
        }
        if (SCOPES.contains(window.scope()) && SIZES.contains(window.size()) && masking.isShown(window.scopeId())) {
            batch.putWindow(new StoredWindow(
                    key,
                    window.accountId(),
                    window.scope(),
                    window.scopeId(),
                    window.size(),
                    window.start(),
                    window.end(),
                    window.count("calls"),
                    masking.withoutName(read.value())));
        }
    }

    /** Its age is that of its record: a replayed notification was received long ago, and its call is new. */
    void notification(ConsumerRecord<byte[], byte[]> read, StoreBatch batch) throws SQLException {
        if (read.key() != null && read.value() != null) {
            String account = Headers.areOfBridge(read.headers())
                    ? Headers.text(read.headers(), Headers.ACCOUNT)
                    : RawNotifications.accountOf(read);
            batch.putNotification(new NotificationPlace(
                    account == null ? "" : account,
                    masking.callId(new String(read.key(), StandardCharsets.UTF_8)),
                    read.partition(),
                    read.offset(),
                    read.timestamp()));
        }
    }

    static long receivedAt(ConsumerRecord<byte[], byte[]> read) {
        return time(read, Headers.RECEIVED_AT);
    }

    private static Instant newsAt(ConsumerRecord<byte[], byte[]> read) {
        return Instant.ofEpochMilli(time(read, Headers.LAST_RECEIVED_AT));
    }

    private static long time(ConsumerRecord<byte[], byte[]> read, String header) {
        try {
            @Nullable Long time = Headers.time(read.headers(), header);
            return time == null ? read.timestamp() : time;
        } catch (DateTimeException notATime) {
            return read.timestamp();
        }
    }
}
