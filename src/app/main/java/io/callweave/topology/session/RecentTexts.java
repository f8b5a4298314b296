package io.callweave.topology.session;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what live sessions have in common in memory once. Most texts of a session are in all of its events. The names,
 * numbers and words of many calls are the same: of those, it knows the ones that came last.
 */
final class RecentTexts {

    private static final int SIZE = 1 << 13;

    /** Longer ones are of one call only. */
    private static final int LONGEST = 40;

    /** A party's events mostly follow each other, and a session can have ten thousand. */
    private static final int MOST_LOOKED_AT = 8;

    private final @Nullable String[] texts = new String[SIZE];

    /**
     * The same event, with the objects of an earlier one wherever they are equal, else with texts that came before.
     *
     * @param earlier events of the same session
     */
    PartyEvent sharing(PartyEvent event, List<PartyEvent> earlier) {
        PartyEvent other = like(event, earlier);
        return new PartyEvent(
                other == null ? event.session() : other.session(),
                event.sequence(),
                other != null && other.partyId().equals(event.partyId()) ? other.partyId() : event.partyId(),
                event.eventTime(),
                same(event, other, PartyEvent::sessionId),
                text(event, other, PartyEvent::origin),
                facts(event.facts(), other == null ? null : other.facts()),
                event.body());
    }

    /** The latest of this party, else the latest. */
    private static @Nullable PartyEvent like(PartyEvent event, List<PartyEvent> earlier) {
        int last = earlier.size() - 1;
        for (int i = last; i >= 0 && i > last - MOST_LOOKED_AT; i--) {
            if (earlier.get(i).partyId().equals(event.partyId())) {
                return earlier.get(i);
            }
        }
        return last < 0 ? null : earlier.get(last);
    }

    private PartyFacts facts(PartyFacts facts, @Nullable PartyFacts other) {
        return new PartyFacts(
                other != null && other.status().equals(facts.status()) ? other.status() : of(facts.status()),
                text(facts, other, PartyFacts::reason),
                same(facts, other, PartyFacts::peer),
                text(facts, other, PartyFacts::accountId),
                text(facts, other, PartyFacts::extensionId),
                text(facts, other, PartyFacts::direction),
                address(facts, other, PartyFacts::from),
                address(facts, other, PartyFacts::to),
                facts.queueCall(),
                facts.missedCall(),
                facts.muted(),
                text(facts, other, PartyFacts::conferenceRole),
                text(facts, other, PartyFacts::ringOutRole),
                text(facts, other, PartyFacts::parkData),
                text(facts, other, PartyFacts::sipCallId),
                text(facts, other, PartyFacts::fromDeviceId),
                text(facts, other, PartyFacts::toDeviceId),
                other != null && other.recordings().equals(facts.recordings())
                        ? other.recordings()
                        : facts.recordings(),
                same(facts, other, PartyFacts::queueLabel),
                text(facts, other, PartyFacts::messageId));
    }

    private @Nullable Address address(
            PartyFacts facts, @Nullable PartyFacts other, Function<PartyFacts, @Nullable Address> field) {
        Address address = same(facts, other, field);
        Address before = other == null ? null : field.apply(other);
        return address == null || address.equals(before)
                ? address
                : new Address(
                        text(address, before, Address::phoneNumber),
                        text(address, before, Address::name),
                        text(address, before, Address::extensionId),
                        text(address, before, Address::extensionNumber));
    }

    private <T> @Nullable String text(T of, @Nullable T other, Function<T, @Nullable String> field) {
        String text = field.apply(of);
        String before = other == null ? null : field.apply(other);
        if (text == null) {
            return null;
        }
        return text.equals(before) ? before : of(text);
    }

    /** What the field has, as the other's object if that is equal. */
    private static <T, V> @Nullable V same(T of, @Nullable T other, Function<T, @Nullable V> field) {
        V value = field.apply(of);
        V before = other == null ? null : field.apply(other);
        return value != null && value.equals(before) ? before : value;
    }

    /** The text, as the object that came before if it is still known. */
    private String of(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & SIZE - 1;
        String known = texts[place];
        if (known != null && known.equals(text)) {
            return known;
        }
        texts[place] = text;
        return text;
    }
}
