package io.callweave.deliver;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a webhook tells. */
public enum EventType {
    CALL_STARTED("call.started"),
    CALL_ANSWERED("call.answered"),
    /** The first record of a call, or the first of one that was backfilled before. */
    CALL_COMPLETED("call.completed"),
    /** A record of a call that only RingCentral's Call Log tells of. */
    CALL_BACKFILLED("call.backfilled"),
    /** A later revision of the record. */
    CALL_UPDATED("call.updated"),
    CALL_SUPERSEDED("call.superseded"),
    PARTY_STATUS("party.status"),
    TEST("callweave.test");

    /** What a subscription gets that names no events: every record of a call that is over. */
    public static final Set<EventType> RECORDS = Set.of(CALL_COMPLETED, CALL_BACKFILLED, CALL_UPDATED, CALL_SUPERSEDED);

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code type} in a webhook. */
    public String wireName() {
        return wireName;
    }

    /** Whether its data are a call, live or over. */
    public boolean isOfCall() {
        return this != PARTY_STATUS && this != TEST;
    }

    /** The type with this name; empty if there is none. */
    public static Optional<EventType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }

    /** Those that a subscription can name. */
    public static Set<EventType> selectable() {
        return EnumSet.complementOf(EnumSet.of(TEST));
    }
}
