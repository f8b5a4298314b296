package io.callweave.ringcentral.doctor;

import io.callweave.call.fact.FactKind;
import io.callweave.ringcentral.CompanyDirectory;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.FurtherEvents;
import io.callweave.ringcentral.Recordings;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import io.callweave.ringcentral.TelephonyFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks at what is known of an account's subscriptions and says what is wrong. Asks nobody. */
public final class Doctor {

    private static final Duration JWT_WARNING = Duration.ofDays(14);

    private Doctor() {}

    /** Of the sign-in. */
    public static List<Finding> ofCredentials(Credentials credentials, Instant now) {
        Instant expires = credentials.jwtExpires();
        if (expires == null || expires.isAfter(now.plus(JWT_WARNING))) {
            return List.of(Finding.fine("The sign-in works."));
        }
        return List.of(Finding.warning(
                "The JWT expires at " + seconds(expires) + ".",
                "Create a new one in the developer console and set it before that."));
    }

    /**
     * Of what the app may do.
     *
     * @param granted as the sign-in named them; empty if it named none
     * @param byWebhook whether RingCentral is to post to an address
     */
    public static List<Finding> ofPermissions(Set<String> granted, boolean byWebhook) {
        List<String> missing = new ArrayList<>();
        if (!granted.contains("CallControl")) {
            missing.add("CallControl");
        }
        if (byWebhook && !granted.contains("SubscriptionWebhook")) {
            missing.add("SubscriptionWebhook");
        }
        if (granted.isEmpty() || missing.isEmpty()) {
            return List.of();
        }
        return List.of(Finding.problem(
                "The app lacks the permission " + String.join(" and ", missing) + ".",
                "Give it to the app in the developer console; the next sign-in has it."));
    }

    /**
     * Of what is to come after calls.
     *
     * @param granted as the sign-in named them; empty if it named none
     */
    public static List<Finding> ofArtifacts(Set<String> granted, Set<FactKind> artifacts) {
        FurtherEvents wanted = FurtherEvents.of(false, artifacts);
        Map<String, String> missing = new TreeMap<>();
        wanted.kinds().forEach(kind -> missing.put(kind.permission(), kind.words()));
        if (artifacts.contains(FactKind.RECORDING)) {
            missing.put(Recordings.PERMISSION, "recordings");
        }
        if (wanted.has(FurtherEvents.Kind.VOICEMAIL)) {
            missing.put(CompanyDirectory.PERMISSION, "the mailboxes, whose voicemail is wanted");
        }
        missing.keySet().removeAll(granted);
        return granted.isEmpty()
                ? List.of()
                : missing.entrySet().stream()
                        .map(each -> Finding.warning(
                                "The app lacks the permission " + each.getKey() + " for " + each.getValue() + ".",
                                "Give it to the app in the developer console, or leave it out of ringcentral.artifacts."
                                        + " Calls do not need it."))
                        .toList();
    }

    /** Of what the subscription should be like. */
    public static List<Finding> ofWanted(Wanted wanted) {
        List<Finding> findings = new ArrayList<>();
        String token = wanted.token();
        if (token == null) {
            findings.add(
                    Finding.warning(
                            "There is no verification token: who knows the address can send notifications.",
                            "Set account.ID.tokens to a random text of your own, then run \"callweave subscribe create\" again."));
        } else if (token.length() > Subscriptions.LONGEST_TOKEN) {
            findings.add(Finding.problem(
                    "The verification token has " + token.length() + " characters; RingCentral refuses more than "
                            + Subscriptions.LONGEST_TOKEN + ".",
                    "Use a shorter one."));
        }
        findings.addAll(ofFilters(wanted.filters()));
        return findings;
    }

    /** What the filters do to the completeness of calls. */
    public static List<Finding> ofFilters(List<TelephonyFilter> filters) {
        List<Finding> findings = new ArrayList<>();
        for (TelephonyFilter filter : filters) {
            Set<String> narrowing = filter.narrowing();
            if (!narrowing.isEmpty()) {
                findings.add(Finding.warning(
                        "The parameter " + String.join(", ", narrowing) + " of " + filter
                                + " leaves events out, so calls are not complete.",
                        "Leave it out; docs/connect.md#event-filters says what it does to calls."));
            } else if (!filter.isOfAccount()) {
                findings.add(Finding.warning(
                        "The filter " + filter + " delivers only the parties of one extension.",
                        "Use the filter of the account for complete calls; see docs/connect.md#event-filters."));
            }
        }
        return findings;
    }

    /** Of the subscriptions that are there. */
    public static List<Finding> ofSubscriptions(Wanted wanted, List<Subscription> all, Instant now) {
        List<Finding> findings = new ArrayList<>();
        String address = wanted.address().toString();
        Care care = Care.of(wanted, all, now);
        Subscription best = care.subscription();
        if (best == null) {
            findings.add(Finding.problem(
                    "No subscription delivers these events to " + address + ".",
                    "Run \"callweave subscribe create\"."));
        } else if (care.need() == Care.Need.CREATE) {
            findings.add(blacklisted(best));
        } else {
            findings.add(alive(best, care.need() == Care.Need.RENEW));
            disabled(best, findings);
        }
        strays(address, all, findings);
        return findings;
    }

    private static Finding blacklisted(Subscription subscription) {
        Subscription.Blacklisted why = subscription.blacklisted();
        String since = why == null || why.since() == null ? "" : " since " + seconds(why.since());
        String reason = why == null || why.reason().isEmpty() ? "" : ": " + why.reason();
        return Finding.problem(
                "RingCentral delivers nothing for the subscription " + subscription.id() + " (" + subscription.status()
                        + since + reason + ").",
                "Repair the address, run \"callweave subscribe create\", then \"callweave subscribe delete --strays\".");
    }

    private static Finding alive(Subscription subscription, boolean due) {
        Instant expires = subscription.expires();
        String until = expires == null ? "" : " and expires at " + seconds(expires);
        return due
                ? Finding.warning(
                        "The subscription " + subscription.id() + " is active" + until + ".",
                        "Run \"callweave subscribe renew\", or let the bridge do it (bridge.public-url).")
                : Finding.fine("The subscription " + subscription.id() + " is active" + until + ".");
    }

    private static void disabled(Subscription subscription, List<Finding> findings) {
        List<String> calls = subscription.disabledFilters().stream()
                .filter(filter -> !FurtherEvents.isOfThese(filter))
                .toList();
        int others = subscription.disabledFilters().size() - calls.size();
        if (!calls.isEmpty()) {
            findings.add(Finding.problem(
                    "RingCentral does not deliver " + String.join(", ", calls) + ", because a permission is missing.",
                    "Give the app CallControl, and the user the right to see calls of the account."));
        }
        if (others > 0) {
            findings.add(Finding.warning(
                    "RingCentral does not deliver the events of " + others
                            + " filters of voicemail, AI insights or the directory, because a permission is missing.",
                    "Look at the permissions of the app, and of the user. Calls do not need them."));
        }
    }

    private static void strays(String address, List<Subscription> all, List<Finding> findings) {
        List<Subscription> strays = Strays.at(address, all);
        long active = strays.stream().filter(Subscription::isActive).count();
        if (active > 0) {
            findings.add(Finding.warning(
                    "Each event comes " + (active + 1) + " times, because as many subscriptions deliver to " + address
                            + ".",
                    "Run \"callweave subscribe delete --strays\"; it shows them first."));
        } else if (!strays.isEmpty()) {
            findings.add(Finding.warning(
                    strays.size() + " old subscriptions to " + address + " deliver nothing any longer.",
                    "Run \"callweave subscribe delete --strays\"; it shows them first."));
        }
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
