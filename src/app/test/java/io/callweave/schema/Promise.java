package io.callweave.schema;

import io.callweave.topics.Topic;
import java.util.EnumSet;
import java.util.Set;

/** To whom a released schema is a promise, and so which of its changes are breaks. */
enum Promise {

    /** A reader with the released schema can read the records of today. */
    TO_READERS,

    /** What is written by the released schema is taken now. */
    TO_WRITERS;

    /**
     * Notifications are written by RingCentral alone, and kept as they came; the directory is written and read by us and by
     * others; two topics are for the deliverer alone. All else is ours to write.
     */
    static Set<Promise> ofValue(Topic topic) {
        return switch (topic) {
            case NOTIFICATIONS -> EnumSet.of(TO_WRITERS);
            case DIRECTORY -> EnumSet.allOf(Promise.class);
            case DELIVER_SUBSCRIPTIONS, DELIVER_REQUESTS -> EnumSet.noneOf(Promise.class);
            default -> EnumSet.of(TO_READERS);
        };
    }

    /** The headers of notifications are read by {@code streams} of another version, and may be read by anybody. */
    static Set<Promise> ofHeaders(Topic topic) {
        return switch (topic) {
            case NOTIFICATIONS, DIRECTORY -> EnumSet.allOf(Promise.class);
            case DELIVER_SUBSCRIPTIONS, DELIVER_REQUESTS -> EnumSet.noneOf(Promise.class);
            default -> EnumSet.of(TO_READERS);
        };
    }

    /** The schema that must allow everything that the other one allows. */
    <T> T wide(T released, T current) {
        return this == TO_READERS ? released : current;
    }

    /** The other one. */
    <T> T narrow(T released, T current) {
        return this == TO_READERS ? current : released;
    }
}
