package io.callweave.cli.console;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/** What one client of the stream of changes hears: how many events, whether their ids have a hole, and a sum of their data. */
final class HeardEvents {

    /** Data of an event, and when it was heard, in milliseconds since the epoch. */
    record Heard(String data, long at) {}

    private static final int ID_PREFIX = "id: ".length();

    private final boolean closely;
    private final List<Heard> data = new ArrayList<>();
    private final CRC32 sum = new CRC32();
    private byte[] rest = new byte[1 << 16];
    private int restLength;
    private long lastId = -1;
    private boolean hasId;
    private volatile boolean connected;
    private final AtomicLong events = new AtomicLong();
    private volatile boolean hole;
    private volatile boolean ended;

    HeardEvents(boolean closely) {
        this.closely = closely;
    }

    /** Of one thread. */
    void add(byte[] bytes, int length) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, from, i - from);
                line(rest, restLength);
                restLength = 0;
                from = i + 1;
            }
        }
        keep(bytes, from, length - from);
    }

    private void keep(byte[] bytes, int from, int length) {
        if (restLength + length > rest.length) {
            rest = Arrays.copyOf(rest, Math.max(rest.length * 2, restLength + length));
        }
        System.arraycopy(bytes, from, rest, restLength, length);
        restLength += length;
    }

    private void line(byte[] line, int length) {
        if (length == 0) {
            hasId = false;
        } else if (line[0] == ':') {
            connected = true;
        } else if (line[0] == 'i' && connected) {
            String id = new String(line, ID_PREFIX, length - ID_PREFIX, StandardCharsets.US_ASCII);
            long number = Long.parseLong(id.substring(id.indexOf('-') + 1).strip());
            if (lastId >= 0 && number != lastId + 1) {
                hole = true;
            }
            lastId = number;
            hasId = true;
        } else if (line[0] == 'd' && hasId) {
            sum.update(line, 0, length);
            if (closely) {
                data.add(new Heard(
                        new String(line, 0, length, StandardCharsets.UTF_8).substring("data: ".length()),
                        System.currentTimeMillis()));
            }
            events.incrementAndGet();
        }
    }

    void end() {
        ended = true;
    }

    boolean isConnected() {
        return connected;
    }

    long events() {
        return events.get();
    }

    boolean hasHole() {
        return hole;
    }

    boolean isEnded() {
        return ended;
    }

    /** Of the data of all events, in their order. */
    long sum() {
        return sum.getValue();
    }

    List<Heard> data() {
        return data;
    }
}
