package io.callweave.deliver.subscription;

import io.callweave.deliver.EventType;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A subscription: which webhooks are posted where.
 *
 * @param id of this subscription
 * @param url that is posted to
 * @param account of which it gets calls; {@link #EVERY_ACCOUNT} for the operator's own
 * @param fields at the top of {@code data}; empty for all of the shape
 * @param waitFor before a record of a call is posted
 * @param secrets the newest first; each that is valid signs
 * @param reason why it has this state, in words; empty if there is nothing to say
 * @param created in milliseconds since the epoch; it gets nothing that happened before
 * @param changed when its state changed last, in milliseconds since the epoch
 */
public record WebhookSubscription(
        String id,
        URI url,
        String account,
        Set<EventType> events,
        CallFilter filter,
        BodyShape shape,
        List<String> fields,
        WaitFor waitFor,
        List<SigningSecret> secrets,
        SubscriptionState state,
        String reason,
        long created,
        long changed) {

    /** The account of a subscription that gets the calls of all. */
    public static final String EVERY_ACCOUNT = "*";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST_URL = 2_000;

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException one sentence, which does not show the address: it can contain a password
     */
    public WebhookSubscription {
        events = Set.copyOf(events);
        fields = List.copyOf(fields);
        secrets = List.copyOf(secrets);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "The id of a subscription must be 1 to 64 letters, digits, hyphens or underscores.");
        }
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("A subscription needs a secret.");
        }
        if (account.isEmpty()) {
            throw new IllegalArgumentException("A subscription needs an account, or * for all.");
        }
        if (!EventType.selectable().containsAll(events) || events.isEmpty()) {
            throw new IllegalArgumentException("A subscription needs at least one event.");
        }
        checkUrl(url);
    }

    /** One that waits for nothing. */
    public WebhookSubscription(
            String id,
            URI url,
            String account,
            Set<EventType> events,
            CallFilter filter,
            BodyShape shape,
            List<String> fields,
            List<SigningSecret> secrets,
            SubscriptionState state,
            String reason,
            long created,
            long changed) {
        this(
                id,
                url,
                account,
                events,
                filter,
                shape,
                fields,
                WaitFor.NOTHING,
                secrets,
                state,
                reason,
                created,
                changed);
    }

    private static void checkUrl(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "The address of an endpoint must be a URL such as https://example.com/calls.");
        }
        if (url.getRawUserInfo() != null
                || url.getRawFragment() != null
                || url.toString().length() > MOST_URL) {
            throw new IllegalArgumentException(
                    "The address of an endpoint must have no user and no fragment, and at most " + MOST_URL
                            + " characters.");
        }
    }

    /** Whether it gets what happens in an account. */
    public boolean concerns(String other) {
        return account.equals(EVERY_ACCOUNT) || account.equals(other);
    }

    /** The address as far as it can be shown: the rest can be a secret. */
    public String host() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    /** Which fields are posted; empty for all. */
    public List<String> selected() {
        return fields.isEmpty() ? shape.fields() : fields;
    }

    /**
     * In another state.
     *
     * @param why in words; can be empty
     * @param when in milliseconds since the epoch
     */
    public WebhookSubscription with(SubscriptionState now, String why, long when) {
        return new WebhookSubscription(
                id, url, account, events, filter, shape, fields, waitFor, secrets, now, why, created, when);
    }

    public WebhookSubscription with(List<SigningSecret> others) {
        return new WebhookSubscription(
                id, url, account, events, filter, shape, fields, waitFor, others, state, reason, created, changed);
    }

    /** Without the address and the secrets. */
    @Override
    public String toString() {
        return "Subscription[" + id + ", " + host() + ", " + account + ", " + state + "]";
    }
}
