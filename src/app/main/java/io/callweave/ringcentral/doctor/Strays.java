package io.callweave.ringcentral.doctor;

import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.TelephonyFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Subscriptions that deliver to an address what another one delivers there too: each event comes once for each of them. */
public final class Strays {

    /** The best first: it is active, delivers the most, and lasts the longest. */
    private static final Comparator<Subscription> BEST = Comparator.comparing(Subscription::isActive)
            .thenComparing(each -> each.filters().size())
            .thenComparing(each -> Objects.requireNonNullElse(each.expires(), Instant.MIN))
            .thenComparing(Subscription::id)
            .reversed();

    private Strays() {}

    /** Those at one address; one at another address is never a stray, because another program can need it. */
    public static List<Subscription> at(String address, List<Subscription> all) {
        List<Subscription> kept = new ArrayList<>();
        List<Subscription> strays = new ArrayList<>();
        for (Subscription each : telephony(address, all).stream().sorted(BEST).toList()) {
            boolean covered = kept.stream().anyMatch(other -> covers(other, each));
            (covered ? strays : kept).add(each);
        }
        return strays;
    }

    /** The webhooks at an address that deliver telephony sessions. */
    static List<Subscription> telephony(String address, List<Subscription> all) {
        return all.stream()
                .filter(each -> each.isWebhook() && each.isOfTelephony())
                .filter(each -> each.address().equals(address))
                .toList();
    }

    /** One that delivers other events too is none: they would be lost with it. */
    private static boolean covers(Subscription kept, Subscription other) {
        return kept.isActive() && other.filters().stream().allMatch(filter -> isCovered(kept, filter));
    }

    private static boolean isCovered(Subscription kept, String filter) {
        if (kept.filters().contains(filter)) {
            return true;
        }
        try {
            TelephonyFilter one = TelephonyFilter.parse(filter);
            return kept.filters().stream().anyMatch(text -> covers(text, one));
        } catch (IllegalArgumentException anotherEvent) {
            return false;
        }
    }

    private static boolean covers(String text, TelephonyFilter one) {
        try {
            return TelephonyFilter.parse(text).covers(one);
        } catch (IllegalArgumentException anotherEvent) {
            return false;
        }
    }
}
