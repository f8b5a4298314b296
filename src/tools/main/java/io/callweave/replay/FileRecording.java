package io.callweave.replay;

import io.callweave.call.event.PartyEvent;
import io.callweave.files.FileNotifications;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.NotificationReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of notifications. The time of one is its {@code timestamp}; without one that of the line before it, and of the first
 * its eventTime.
 */
public final class FileRecording implements ReplaySource {

    private static final String LINES = "lines";

    private final List<String> files;
    private final InputStream stdin;
    private final int maxBytes;
    private final NotificationKeyer keyer;
    private @Nullable Instant last;

    /**
     * Looks whether they can be read.
     *
     * @param maxBytes the largest notification of which the time is read
     * @throws io.callweave.files.LocalException if one cannot
     */
    public FileRecording(List<String> files, InputStream stdin, int maxBytes) {
        FileNotifications.check(files);
        this.files = List.copyOf(files);
        this.stdin = stdin;
        this.maxBytes = maxBytes;
        this.keyer = new NotificationKeyer(maxBytes);
    }

    @Override
    public List<String> names() {
        return files;
    }

    /** In bytes. */
    @Override
    public long size() {
        return files.contains(FileNotifications.STDIN)
                ? 0
                : files.stream().mapToLong(FileRecording::sizeOf).sum();
    }

    @Override
    public long sizeOf(Recorded one) {
        return one.value().length + 1L;
    }

    @Override
    public void read(Position from, Sink sink) throws InterruptedException {
        long lines = 0;
        try (FileNotifications notifications = new FileNotifications(files, stdin)) {
            while (notifications.hasNext()) {
                byte[] value = notifications.next().value();
                lines++;
                Instant time = timeOf(value);
                if (lines > from.in(LINES)) {
                    sink.accept(new Recorded(value, time, LINES, lines));
                }
            }
        }
    }

    private Instant timeOf(byte[] value) {
        Long own = keyer.key(value).timestamp();
        if (own != null) {
            last = Instant.ofEpochMilli(own);
        } else if (last == null) {
            last = eventTime(value);
        }
        return last == null ? Instant.EPOCH : last;
    }

    private @Nullable Instant eventTime(byte[] value) {
        List<PartyEvent> events = new NotificationReader(
                        new NotificationLimits(maxBytes, NotificationLimits.DEFAULT.maxParties()))
                .read(value)
                .events();
        return events.isEmpty() ? null : Instant.ofEpochMilli(events.get(0).eventTime());
    }

    private static long sizeOf(String file) {
        try {
            return Files.size(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
