package io.callweave.bridge.activity;

import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Accounts;
import io.callweave.feedgap.FeedGap;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened, for the metrics, for the accounts' health, and for the alarm of silence. Thread-safe. */
public final class BridgeActivity implements IntakeListener {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeActivity.class);

    private static final String WEBHOOK = "webhook";

    /** An outage of all accounts is one line of the log. */
    private static final int MOST_NAMES = 100;

    private final BridgeMetrics metrics;
    private final SilenceLimits limits;
    private final ExpectationsFile file;
    private final InstantSource clock;
    private final Map<String, WeeklyExpectation> learnedBefore;
    private final Map<String, AccountActivity> byAccount = new ConcurrentHashMap<>();
    private final AccountSeries series;
    private final ConnectionProblems problems;
    private volatile Consumer<String> reminder = account -> {};
    private volatile Consumer<String> directoryChange = account -> {};
    private long savedInHour;

    /** @param accountSeries how many accounts have series of their own */
    public BridgeActivity(
            BridgeMetrics metrics,
            SilenceLimits limits,
            int accountSeries,
            ExpectationsFile file,
            InstantSource clock) {
        this.metrics = metrics;
        this.limits = limits;
        this.file = file;
        this.clock = clock;
        series = metrics.accounts(accountSeries, clock, byAccount);
        learnedBefore = file.read();
        savedInHour = hour();
        problems = new ConnectionProblems(clock);
    }

    /** These are the accounts now; what is no longer among them is forgotten. */
    public void use(Accounts accounts) {
        Map<String, Account> now = new TreeMap<>();
        accounts.all().forEach(account -> now.put(account.id(), account));
        byAccount.keySet().removeIf(id -> {
            boolean gone = !now.containsKey(id);
            if (gone) {
                series.forget(id);
            }
            return gone;
        });
        now.forEach((id, account) -> {
            AccountActivity known = byAccount.get(id);
            if (known == null) {
                AccountActivity fresh = start(account);
                byAccount.put(id, fresh);
                series.show(id, fresh.transport());
            } else if (known.reconfigure(account)) {
                series.show(id, known.transport());
            }
        });
    }

    /**
     * A webhook was answered without the intake.
     *
     * @param account null if it is nobody's
     */
    public void answered(@Nullable Account account, Answer answer) {
        ended(account == null ? null : account.id(), WEBHOOK, answer.wireName());
    }

    @Override
    public void ended(@Nullable String account, String transport, IntakeOutcome outcome) {
        ended(account, transport, outcome.wireName());
    }

    private void ended(@Nullable String account, String transport, String outcome) {
        metrics.ended(series.label(account), transport, outcome);
        at(account, activity -> activity.ended(outcome));
    }

    /** Nothing if it is no account of ours. */
    private void at(@Nullable String account, Consumer<AccountActivity> then) {
        AccountActivity activity = account == null ? null : byAccount.get(account);
        if (activity != null) {
            then.accept(activity);
        }
    }

    public void disconnected() {
        metrics.disconnected();
    }

    @Override
    public void skipped(OtherEvent kind, @Nullable String account) {
        metrics.skipped(kind);
        if (account != null && kind == OtherEvent.DIRECTORY) {
            directoryChange.accept(account);
        } else if (account != null && kind == OtherEvent.SUBSCRIPTION) {
            reminder.accept(account);
        }
    }

    @Override
    public void deadLettered(RejectReason reason) {
        metrics.deadLettered(reason);
    }

    @Override
    public void published(@Nullable String account, long receivedAt, @Nullable Long sent) {
        Long lag = sent == null ? null : Math.max(0, receivedAt - sent);
        if (lag != null) {
            metrics.lag(lag);
        }
        at(account, activity -> activity.published(receivedAt, lag));
    }

    /** An account is connected, or not. */
    public void connection(String account, ConnectionState state) {
        at(account, activity -> {
            activity.connection(state);
            if (state.problem() != null) {
                problems.reported();
            }
        });
    }

    /** This bridge connects an account no longer: another one does, or it is connected in another way. */
    public void released(String account, String transport) {
        at(account, activity -> {
            ConnectionState state = activity.connection();
            if (state != null && state.transport().equals(transport)) {
                activity.connection(null);
            }
        });
    }

    /** Notifications may be missing. */
    public void gap(FeedGap gap) {
        metrics.feedGap(gap.reason());
        at(gap.accountId(), activity -> activity.gap(gap));
    }

    /** Hears the account when RingCentral reminds of a subscription that expires. */
    public void onReminder(Consumer<String> listener) {
        reminder = listener;
    }

    /** Hears the account when its company directory has changed. */
    public void onDirectoryChange(Consumer<String> listener) {
        directoryChange = listener;
    }

    /** The names of an account were read from RingCentral, or could not be. */
    public void names(String account, NamesState state) {
        at(account, activity -> activity.names(state));
    }

    /**
     * Calls of an account were compared with the Call Log.
     *
     * @param agreement the share of what is equal, from 0 to 1; NaN if there was nothing to compare
     */
    public void audited(String account, double agreement) {
        at(account, activity -> activity.agreement(agreement));
    }

    /**
     * Recordings, voicemail or insights of an account come as they should, or not.
     *
     * @param source what was tried
     * @param problem one sentence; null if there is none
     */
    public void artifacts(String account, String source, @Nullable String problem) {
        at(account, activity -> {
            if (activity.artifacts(source, problem) && problem != null) {
                LOG.atWarn()
                        .setMessage(
                                "Something that is wanted after calls of an account does not come; its calls are not affected.")
                        .addKeyValue("account", account)
                        .addKeyValue("problem", problem)
                        .log();
            }
        });
    }

    /** By account, in order. */
    public Map<String, AccountActivity> accounts() {
        return new TreeMap<>(byAccount);
    }

    /** Looks for silence, says what is wrong with connections, and saves what was learned once an hour. */
    public void tick() {
        long now = clock.millis();
        List<String> silent = new ArrayList<>();
        byAccount.forEach((id, activity) -> {
            if (activity.isElsewhere()) {
                activity.watch().pause(now);
                return;
            }
            boolean before = activity.watch().silent();
            activity.watch().tick(now);
            if (activity.watch().silent() && !before) {
                silent.add(id);
            }
        });
        if (!silent.isEmpty()) {
            LOG.atWarn()
                    .setMessage("Accounts are silent for longer than usual at this hour; /health/accounts names all.")
                    .addKeyValue("count", silent.size())
                    .addKeyValue("accounts", String.join(" ", silent.subList(0, Math.min(MOST_NAMES, silent.size()))))
                    .log();
        }
        problems.tell(byAccount);
        if (hour() != savedInHour) {
            savedInHour = hour();
            save();
        }
    }

    public void save() {
        Map<String, double[]> learned = new TreeMap<>();
        byAccount.forEach((id, activity) -> learned.put(id, activity.watch().learned()));
        file.write(learned);
    }

    private AccountActivity start(Account account) {
        WeeklyExpectation known = learnedBefore.getOrDefault(account.id(), new WeeklyExpectation());
        return new AccountActivity(account, new SilenceWatch(known, limits, clock.millis()));
    }

    private long hour() {
        return TimeUnit.MILLISECONDS.toHours(clock.millis());
    }
}
