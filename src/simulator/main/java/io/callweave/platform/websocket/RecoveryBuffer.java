package io.callweave.platform.websocket;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Messages that a client may not have received. RingCentral keeps 100 and then loses the oldest.
 *
 * <p>INFER: a message counts as received once the client answers a ping that was sent after it. So a recovery may repeat
 * messages, but loses none of those that were on their way when the connection broke.
 */
final class RecoveryBuffer {

    private record Sent(long number, String frame) {}

    private final int size;
    private final ArrayDeque<Sent> frames = new ArrayDeque<>();
    private long numbers;

    RecoveryBuffer(int size) {
        this.size = size;
    }

    void add(String frame) {
        numbers++;
        frames.addLast(new Sent(numbers, frame));
        if (frames.size() > size) {
            frames.removeFirst();
        }
    }

    /** The number of the newest message so far. */
    long newest() {
        return numbers;
    }

    /** The client has received everything up to this number. */
    void received(long number) {
        while (!frames.isEmpty() && frames.peekFirst().number() <= number) {
            frames.removeFirst();
        }
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** What has to be sent again, the oldest first. */
    List<String> missed() {
        return frames.stream().map(Sent::frame).toList();
    }
}
