package io.callweave.bridge.subscription;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.activity.ConnectionState;
import io.callweave.bridge.feed.WantedEvents;
import io.callweave.bridge.holder.FeedPosition;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;
import io.callweave.bridge.transport.Upkeep;
import io.callweave.feedgap.FeedGap;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.FurtherEvents;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import io.callweave.ringcentral.doctor.Care;
import io.callweave.ringcentral.doctor.Doctor;
import io.callweave.ringcentral.doctor.Finding;
import io.callweave.ringcentral.doctor.Wanted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the webhook subscriptions of the accounts that are this bridge's: renews those that expire, and makes new ones
 * in place of those that are gone or blacklisted, which it reports as gaps. Those that lack events which are wanted beside
 * calls get their filters. It never deletes any.
 */
public final class SubscriptionCare implements Transport {

    /** RingCentral blacklists after ten minutes of failures. */
    public static final Duration EVERY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionCare.class);
    /** Between two looks that reminders cause: anybody who knows the path of an account can send them. */
    private static final Duration AFTER_REMINDER = Duration.ofMinutes(1);

    private static final long TICK_MS = 3_000;
    private static final String TRANSPORT = "webhook";

    /** What failed before RingCentral blacklisted is lost, too. */
    private static final Duration BEFORE_BLACKLISTING = Duration.ofMinutes(10);

    private final BridgeServices services;
    private final Holder holder;
    private final Server server;
    private final URI publicUrl;
    private final Duration every;
    private final WantedEvents events;

    /** When each account was looked after last; used by the upkeep's thread. */
    private final Map<String, Long> lookedNanos = new HashMap<>();

    /** The accounts of which RingCentral sent a reminder since. */
    private final Set<String> reminded = ConcurrentHashMap.newKeySet();

    private final Upkeep upkeep = new Upkeep("subscription-care");

    private SubscriptionCare(BridgeServices services, Holder holder, Server server, URI publicUrl, Duration every) {
        this.services = services;
        this.holder = holder;
        this.server = server;
        this.publicUrl = publicUrl;
        events = new WantedEvents(services.activity());
        this.every = every;
    }

    /**
     * Begins to look after them; at an account also when RingCentral sends a reminder.
     *
     * @param publicUrl of the webhooks; the path of each account follows
     * @param every how often to look
     */
    public static SubscriptionCare start(
            BridgeServices services, Holder holder, Server server, URI publicUrl, Duration every) {
        SubscriptionCare care = new SubscriptionCare(services, holder, server, publicUrl, every);
        care.upkeep.every(Math.min(TICK_MS, every.toMillis()), care::lookAtDue);
        services.activity().onReminder(care.reminded::add);
        return care;
    }

    @Override
    public void close() {
        upkeep.close();
    }

    /** An account that is new here is due at once: it can come from a bridge that was killed. */
    private void lookAtDue() {
        for (Account account : services.accounts().get().all()) {
            Connection connection = account.connection();
            if (connection == null || account.isFetched() || !holder.holds(account.id())) {
                if (lookedNanos.remove(account.id()) != null) {
                    services.activity().released(account.id(), TRANSPORT);
                }
                continue;
            }
            Long looked = lookedNanos.get(account.id());
            Duration pause =
                    reminded.contains(account.id()) && AFTER_REMINDER.compareTo(every) < 0 ? AFTER_REMINDER : every;
            if (looked == null || System.nanoTime() - looked >= pause.toNanos()) {
                reminded.remove(account.id());
                look(account, connection);
                lookedNanos.put(account.id(), System.nanoTime());
            }
        }
    }

    private void look(Account account, Connection connection) {
        Wanted wanted = new Wanted(
                URI.create(publicUrl + account.path()), connection.verificationToken(), connection.filters());
        try {
            Client client = server.client(connection.credentials(), services.clock());
            Subscriptions subscriptions = client.subscriptions();
            Instant now = services.clock().instant();
            List<Subscription> all = subscriptions.list();
            FurtherEvents further = events.of(account, connection, client);
            Care care = Care.of(wanted, all, now);
            Subscription known = care.subscription();
            if (care.need() == Care.Need.RENEW && known != null) {
                log(account, "The subscription of an account is renewed.", known.id());
                subscriptions.renew(known.id());
            } else if (care.need() == Care.Need.CREATE) {
                log(account, "An account gets a new subscription.", known == null ? "none" : known.id());
                subscriptions.createWebhook(
                        wanted.filters(), further, wanted.address(), wanted.token(), Subscriptions.LONGEST);
                report(account, known == null ? before(account, all) : known);
            } else if (known != null) {
                follow(account, subscriptions, known, further);
            }
            List<Subscription> after = subscriptions.list();
            Subscription current = Care.of(wanted, after, now).subscription();
            events.subscribed(account.id(), further, current);
            holder.keep(
                    account.id(),
                    FeedPosition.ofWebhook(services.clock().millis(), current == null ? "" : current.id()));
            say(account, wanted, after);
        } catch (RingCentralException e) {
            say(account, e.passes() ? "failing" : "refused", e.getMessage(), null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The care for subscriptions failed.", e);
        }
    }

    /** Without them, calls still come; names are read once a day. */
    private static void follow(
            Account account, Subscriptions subscriptions, Subscription known, FurtherEvents further) {
        try {
            subscriptions.follow(known, further);
        } catch (RingCentralException e) {
            LOG.atInfo()
                    .setMessage("A subscription does not get the filters that are wanted beside calls.")
                    .addKeyValue("account", account.id())
                    .addKeyValue("problem", e.getMessage())
                    .log();
        }
    }

    /** The one that was seen last, with the filters and the address of then; null if it is gone. */
    private @Nullable Subscription before(Account account, List<Subscription> all) {
        FeedPosition seen = holder.position(account.id());
        return seen == null
                ? null
                : all.stream()
                        .filter(each -> each.id().equals(seen.webhookSubscription()))
                        .findFirst()
                        .orElse(null);
    }

    /** Nothing was delivered since the subscription ended, as far as that is known. */
    private void report(Account account, @Nullable Subscription before) {
        if (before != null && before.isActive()) {
            return; // only the filters or the address are others now
        }
        FeedPosition seen = holder.position(account.id());
        var blacklisted = before == null ? null : before.blacklisted();
        Instant since = blacklisted == null ? null : blacklisted.since();
        long from = Math.min(
                seen == null ? Long.MAX_VALUE : seen.wholeUntil(),
                since == null ? Long.MAX_VALUE : since.toEpochMilli());
        if (from == Long.MAX_VALUE) {
            return; // the first subscription of the account
        }
        FeedGap gap = new FeedGap(
                account.id(),
                TRANSPORT,
                blacklisted == null ? from : from - BEFORE_BLACKLISTING.toMillis(),
                services.clock().millis(),
                blacklisted == null ? FeedGap.Reason.SUBSCRIPTION_GONE : FeedGap.Reason.BLACKLISTED);
        services.gaps().announce(gap);
        if (!services.gaps().keep(gap).join()) {
            LOG.atError()
                    .setMessage("There is no room for the record of a gap; it is only in the log.")
                    .addKeyValue("account", account.id())
                    .log();
        }
    }

    private void say(Account account, Wanted wanted, List<Subscription> all) {
        Instant now = services.clock().instant();
        Care care = Care.of(wanted, all, now);
        String problem = Doctor.ofSubscriptions(wanted, all, now).stream()
                .filter(finding -> finding.weight() != Finding.Weight.FINE)
                .map(Finding::sentence)
                .findFirst()
                .orElse(null);
        Subscription known = care.subscription();
        say(
                account,
                care.need() == Care.Need.CREATE ? "failing" : "active",
                problem,
                known == null ? null : known.expires());
    }

    private void say(Account account, String state, @Nullable String problem, @Nullable Instant expires) {
        services.activity()
                .connection(
                        account.id(),
                        new ConnectionState(TRANSPORT, state, services.clock().instant(), problem, expires));
    }

    private static void log(Account account, String message, String before) {
        LOG.atInfo()
                .setMessage(message)
                .addKeyValue("account", account.id())
                .addKeyValue("subscription", before)
                .log();
    }
}
