package io.callweave.testcalls;

import java.util.List;

/** The extensions in a scripted call, so that nobody receives a call that they already have. */
final class Cast {

    static final String CUSTOMER = "+15550100002";
    static final String OUTSIDE = "+15550100003";

    private static final List<String> EXTENSIONS = List.of("101", "102", "103", "104", "105", "106");

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
                .filter(extension -> !extension.equals(acting) && !extension.equals(other))
                .toList();
        return free.get((who + of) % free.size());
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
