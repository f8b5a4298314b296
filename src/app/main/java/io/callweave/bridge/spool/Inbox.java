package io.callweave.bridge.spool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Records that wait for the sender's thread, and a way to wake that thread. Thread-safe; only one thread takes records. */
final class Inbox {

    private final LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    void add(Pending pending) {
        events.add(pending);
    }

    /** Once is enough until the thread has seen it. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            events.add(woken);
        }
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** Takes up to this many records; waits for the first at most this long. */
    List<Pending> await(int most, long millis) throws InterruptedException {
        List<Object> arrived = new ArrayList<>();
        Object first = events.poll(millis, TimeUnit.MILLISECONDS);
        if (first != null) {
            arrived.add(first);
            events.drainTo(arrived, most - 1);
        }
        List<Pending> records = new ArrayList<>(arrived.size());
        for (Object event : arrived) {
            if (event instanceof Pending pending) {
                records.add(pending);
            } else {
                woken.set(false);
            }
        }
        return records;
    }

    /** The next record, at once; null if there is none. */
    @Nullable
    Pending poll() {
        Object event = events.poll();
        while (event != null && !(event instanceof Pending)) {
            event = events.poll();
        }
        return (Pending) event;
    }
}
