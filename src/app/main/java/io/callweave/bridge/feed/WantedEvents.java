package io.callweave.bridge.feed;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.activity.BridgeActivity;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.FurtherEvents;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What accounts want beside calls. Lists their mailboxes, once a day, and tells the activity what RingCentral does not deliver.
 * Thread-safe.
 */
public final class WantedEvents {

    private static final Duration EVERY = Duration.ofDays(1);

    /** What somebody has to mend, such as a permission. */
    private static final Duration REFUSED = Duration.ofHours(1);

    private static final String SOURCE = "events";

    private final BridgeActivity activity;
    private final Map<String, Listed> byAccount = new ConcurrentHashMap<>();

    /**
     * What is known.
     *
     * @param every when it is read again
     * @param problem why they could not be listed; null if they were
     */
    private record Listed(
            Set<String> mailboxes,
            long readNanos,
            Duration every,
            @Nullable String problem) {

        private boolean isOld() {
            return System.nanoTime() - readNanos > every.toNanos();
        }
    }

    public WantedEvents(BridgeActivity activity) {
        this.activity = activity;
    }

    /** With the mailboxes of the account, if voicemail is wanted. Without them, the rest is still wanted. */
    public FurtherEvents of(Account account, Connection connection, Client client) throws InterruptedException {
        FurtherEvents wanted = connection.further();
        if (!wanted.has(FurtherEvents.Kind.VOICEMAIL)) {
            return wanted;
        }
        Listed known = byAccount.get(account.id());
        if (known == null || known.isOld()) {
            known = read(account.id(), client, known == null ? Set.of() : known.mailboxes());
            byAccount.put(account.id(), known);
        }
        return wanted.ofMailboxes(known.mailboxes());
    }

    private static Listed read(String account, Client client, Set<String> before) throws InterruptedException {
        try {
            return new Listed(
                    client.directory(account).mailboxes(length -> Thread.sleep(length.toMillis())),
                    System.nanoTime(),
                    EVERY,
                    null);
        } catch (RingCentralException e) {
            return new Listed(
                    before,
                    System.nanoTime(),
                    e.passes() ? Duration.ZERO : REFUSED,
                    "The mailboxes cannot be listed. " + e.getMessage());
        }
    }

    /**
     * Notes what RingCentral refused.
     *
     * @param subscription what RingCentral answered; null if nothing is known of it
     */
    public void subscribed(String account, FurtherEvents wanted, @Nullable Subscription subscription) {
        if (subscription == null) {
            return;
        }
        String refused = wanted.without(FurtherEvents.Kind.NAMES).kindsMissingIn(subscription).stream()
                .map(kind -> kind.words() + " (permission " + kind.permission() + ")")
                .collect(Collectors.joining(" and "));
        Listed listed = byAccount.get(account);
        String problem = !refused.isEmpty()
                ? "RingCentral does not deliver " + refused + "."
                : listed == null ? null : listed.problem();
        activity.artifacts(account, SOURCE, problem);
    }
}
