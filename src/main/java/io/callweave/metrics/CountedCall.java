package io.callweave.metrics;

import io.callweave.call.CallRecord;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A finished call as it is counted: all that is needed to take it out of its windows again, also when the settings have
 * changed since. Times are milliseconds since the epoch.
 *
 * @param dayStart when the account's day began in which the call did
 * @param shares empty for a call that is not counted
 */
public record CountedCall(long startTime, long dayStart, List<Share> shares) {

    /** A supervisor who listens is no call of his own. */
    private static final String MONITORING = "Monitoring";

    public CountedCall {
        shares = List.copyOf(shares);
    }

    /** Of an account whose departments are not known. */
    public static CountedCall of(CallRecord call, WindowRules rules) {
        return of(call, rules, Departments.NONE);
    }

    public static CountedCall of(CallRecord call, WindowRules rules, Departments departments) {
        long start = call.times().startTime();
        long dayStart = WindowSize.P1D.start(start, rules.zone(call.accountId()));
        List<Share> shares = new ArrayList<>();
        if (!call.outcome().action().equals(MONITORING)) {
            CallMeasures measures = new CallMeasures(call, rules.serviceLevelMs());
            Measures whole = measures.ofCall();
            add(shares, rules, Scope.ACCOUNT, List.of(call.accountId()), whole);
            measures.byExtension()
                    .forEach((extension, own) -> add(shares, rules, Scope.EXTENSION, List.of(extension), own));
            if (departments != Departments.NONE) {
                measures.byDepartment(departments)
                        .forEach((department, own) -> add(shares, rules, Scope.DEPARTMENT, List.of(department), own));
            }
            add(shares, rules, Scope.QUEUE, measures.queues(), whole);
            add(shares, rules, Scope.NUMBER, measures.outsideNumbers(), whole);
        }
        return new CountedCall(start, dayStart, shares);
    }

    private static void add(
            List<Share> shares, WindowRules rules, Scope scope, Collection<String> ids, Measures measures) {
        Set<WindowSize> sizes = rules.sizes(scope);
        if (!sizes.isEmpty()) {
            ids.forEach(id -> shares.add(new Share(scope, id, sizes, measures)));
        }
    }

    /** The same call, no longer known to be whole. */
    public CountedCall asPartial() {
        return new CountedCall(
                startTime,
                dayStart,
                shares.stream()
                        .map(share -> new Share(
                                share.scope(),
                                share.scopeId(),
                                share.sizes(),
                                CallMeasures.asPartial(share.measures())))
                        .toList());
    }

    /** Each window that the call counts in, and what it adds there. */
    public Map<WindowKey, Measures> windows(String accountId) {
        Map<WindowKey, Measures> windows = new LinkedHashMap<>();
        for (Share share : shares) {
            for (WindowSize size : share.sizes()) {
                windows.put(
                        new WindowKey(accountId, share.scope(), share.scopeId(), size, windowStart(size)),
                        share.measures());
            }
        }
        return windows;
    }

    private long windowStart(WindowSize size) {
        return size == WindowSize.P1D ? dayStart : size.start(startTime, ZoneOffset.UTC);
    }
}
