package io.callweave.console.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of the list are asked for; null and empty mean all.
 *
 * @param from the earliest start, inclusive, in milliseconds since the epoch
 * @param to the latest start, exclusive
 * @param text part of a number or of a name
 * @param queue an extension, or {@link StoredCall#inQueue}
 * @param direction Inbound, Outbound or Internal
 * @param artifact a kind of which the call has one, such as recording
 * @param named extensions that the directory gives the text as their name, or as a part of it
 * @param days those of each account, which begin at its midnight
 * @param outcomes words of {@link io.callweave.call.record.CallOutcome}
 */
public record ListFilter(
        @Nullable String account,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable String text,
        @Nullable String extension,
        @Nullable String queue,
        @Nullable String direction,
        List<String> outcomes,
        @Nullable String status,
        @Nullable Long minTalkMs,
        @Nullable Boolean transferred,
        @Nullable String artifact,
        List<String> named,
        @Nullable ListedDays days) {

    /** All calls. */
    public static final ListFilter ALL = new ListFilter(
            null, null, null, null, null, null, null, List.of(), null, null, null, null, List.of(), null);

    /** Copies the lists. */
    public ListFilter {
        outcomes = List.copyOf(outcomes);
        named = List.copyOf(named);
    }

    /** The same, of one account; of all if it is null. */
    public ListFilter of(@Nullable String one) {
        return with(one, named, days);
    }

    /** The same, with the extensions that have the text in their name. */
    public ListFilter naming(List<String> extensions) {
        return with(account, extensions, days);
    }

    /** The same, on these days. */
    public ListFilter on(@Nullable ListedDays those) {
        return with(account, named, those);
    }

    /** What of it counts for those who must be called back. */
    public ListFilter ofCallers() {
        return new ListFilter(
                account, null, null, null, null, queue, null, List.of(), null, null, null, null, List.of(), days);
    }

    private ListFilter with(@Nullable String account, List<String> named, @Nullable ListedDays days) {
        return new ListFilter(
                account,
                from,
                to,
                text,
                extension,
                queue,
                direction,
                outcomes,
                status,
                minTalkMs,
                transferred,
                artifact,
                named,
                days);
    }
}
