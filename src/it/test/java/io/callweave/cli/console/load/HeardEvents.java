package io.callweave.cli.console.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What one client of the stream of changes hears: how many events, and a sum of their data. Of those that are looked at
 * closely, also the order of the changes of each call, and how late they come.
 */
final class HeardEvents {

    private static final Pattern CALL = Pattern.compile("\"callId\":\"([^\"]+)\"");
    private static final Pattern SENT = Pattern.compile("\"result\":\"(\\d+)/(\\d+)\"");
    private static final int MOST_MS = 60_000;

    private final boolean closely;
    private final Map<String, Integer> newest = new HashMap<>();
    private final int[] late = new int[MOST_MS + 1];
    private final CRC32 sum = new CRC32();
    private byte[] rest = new byte[1 << 16];
    private int restLength;
    private boolean hasId;
    private volatile boolean connected;
    private final AtomicLong events = new AtomicLong();
    private volatile boolean ended;
    private volatile boolean disordered;
    private final AtomicLong bytes = new AtomicLong();

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
            hasId = true;
        } else if (line[0] == 'd' && hasId) {
            sum.update(line, 0, length);
            bytes.addAndGet(length);
            if (closely) {
                look(new String(line, 0, length, StandardCharsets.UTF_8));
            }
            events.incrementAndGet();
        }
    }

    /** The result of a call says when the change was sent, and which it is. */
    private void look(String data) {
        Matcher call = CALL.matcher(data);
        Matcher sent = SENT.matcher(data);
        if (!call.find() || !sent.find()) {
            throw new IllegalStateException(data);
        }
        int number = Integer.parseInt(sent.group(2));
        Integer older = newest.put(call.group(1), number);
        if (older != null && older >= number) {
            disordered = true;
        }
        long ms = System.currentTimeMillis() - Long.parseLong(sent.group(1));
        late[(int) Math.max(0, Math.min(MOST_MS, ms))]++;
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

    boolean isEnded() {
        return ended;
    }

    /** Of the data of all events, in their order. */
    long sum() {
        return sum.getValue();
    }

    /** Of all data. */
    long bytes() {
        return bytes.get();
    }

    /** Whether a change of a call came after a later one of the same call. */
    boolean isDisordered() {
        return disordered;
    }

    /** How many calls changed. */
    int calls() {
        return newest.size();
    }

    /** How late most are, in milliseconds: this part of them or more. */
    int late(double part) {
        long left = (long) Math.ceil(part * events.get());
        int ms = 0;
        for (left -= late[0]; left > 0 && ms < MOST_MS; left -= late[ms]) {
            ms++;
        }
        return ms;
    }
}
