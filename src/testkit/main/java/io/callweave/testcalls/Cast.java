package io.callweave.testcalls;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The extensions in a scripted call, so that nobody receives a call that they already have. */
final class Cast {

    static final String CUSTOMER = "+15550100002";
    static final String OUTSIDE = "+15550100003";

    private static final List<String> EXTENSIONS = List.of("101", "102", "103", "104", "105", "106");

    private static final int MOST_MOVED = 2;

    private final Set<String> moved = new HashSet<>();
    private String acting;
    private String other = CUSTOMER;

    Cast(int who) {
        acting = EXTENSIONS.get(who % EXTENSIONS.size());
    }

    /** The extension that has the call. */
    String acting() {
        return acting;
    }

    /** An extension that does not talk in the call. */
    String someone(int who) {
        return someone(who, 0);
    }

    /** One of several different extensions that do not talk in the call. */
    String someone(int who, int of) {
        List<String> free = EXTENSIONS.stream()
                .filter(extension ->
                        !extension.equals(acting) && !extension.equals(other) && !moved.contains(extension))
                .toList();
        return free.get((who + of) % free.size());
    }

    /**
     * Whether the acting extension may go on at another device, as some others have to be left for what comes. It gets no
     * further call: notifications do not tell a new leg of that extension from its next device.
     */
    boolean mayMove() {
        return (moved.size() < MOST_MOVED && moved.add(acting)) || moved.contains(acting);
    }

    /** The colleague at the other end. */
    String colleague(int who) {
        other = someone(who);
        return other;
    }

    /** Another extension has the call now. */
    String handOver(int who) {
        acting = someone(who);
        return acting;
    }
}
