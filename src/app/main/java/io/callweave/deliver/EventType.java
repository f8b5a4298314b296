package io.callweave.deliver;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a webhook tells. */
public enum EventType {
    CALL_STARTED("call.started", "A call began."),
    CALL_ANSWERED("call.answered", "Somebody answered a call that goes on."),
    CALL_COMPLETED("call.completed", "A call is over: its first record."),
    CALL_UPDATED("call.updated", "A later revision of the record."),
    CALL_SUPERSEDED("call.superseded", "The call was found to be part of another one; `supersededBy` names it."),
    PARTY_STATUS("party.status", "The status of a party changed."),
    TEST("callweave.test", "A test; it can be ignored.");

    /** What a subscription gets that names no events: every record of a call that is over. */
    public static final Set<EventType> RECORDS = Set.of(CALL_COMPLETED, CALL_UPDATED, CALL_SUPERSEDED);

    private final String wireName;
    private final String meaning;

    EventType(String wireName, String meaning) {
        this.wireName = wireName;
        this.meaning = meaning;
    }

    /** The value of {@code type} in a webhook. */
    public String wireName() {
        return wireName;
    }

    /** Whether its data are a call, live or over. */
    public boolean isOfCall() {
        return this != PARTY_STATUS && this != TEST;
    }

    /** One sentence. */
    public String meaning() {
        return meaning;
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
