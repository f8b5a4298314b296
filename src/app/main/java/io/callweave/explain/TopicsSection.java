package io.callweave.explain;

import io.callweave.call.record.CallRecord;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Scope;
import io.callweave.metrics.Share;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.record.RecordedCall;
import io.callweave.value.Timestamps;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a cluster did with a call, below what its notifications say: the records as they went out, its windows, its webhooks. */
public final class TopicsSection {

    private TopicsSection() {}

    /**
     * Lines of at most 100 characters.
     *
     * @param webhooks one sentence for each
     */
    public static String of(TopicEvidence evidence, WindowRules rules, List<String> webhooks) {
        Page page = new Page();
        page.heading("ON THE TOPICS");
        if (evidence.records().isEmpty()) {
            page.line(2, "There is no record of it. It goes on, or its record is older than the topic keeps records.");
        }
        TopicEvidence.Emitted newest = null;
        for (TopicEvidence.Emitted each : evidence.records()) {
            page.paragraph(
                    2,
                    4,
                    "%s  %s, revision %s of epoch %s: %s%s%s"
                            .formatted(
                                    Timestamps.iso(each.time()),
                                    each.json().path("callId").asText(),
                                    each.json().path("revision").asText(),
                                    each.json().path("epoch").asText(),
                                    each.json().path("status").asText(),
                                    each.reason() == null ? "" : ", emitted as " + each.reason(),
                                    each.lastReceivedAt() == null
                                            ? ""
                                            : ", because of what was received at " + each.lastReceivedAt()));
            boolean superseded = each.json().path("status").asText().equals("superseded");
            newest = superseded ? newest : each;
        }
        if (newest != null) {
            page.line(2, windows(RecordedCall.read(newest.json()), rules));
        }
        webhooks.forEach(each -> page.paragraph(2, 4, each));
        return page.toString();
    }

    private static String windows(CallRecord call, WindowRules rules) {
        CountedCall counted = CountedCall.of(call, rules);
        Set<String> scopes = new TreeSet<>();
        Set<String> windows = new TreeSet<>();
        for (Share share : counted.shares()) {
            if (share.scope() == Scope.NUMBER) {
                continue; // the page may be masked
            }
            scopes.add(share.scope().wireName() + " " + share.scopeId());
            for (WindowSize size : share.sizes()) {
                windows.add(size.name() + " " + Timestamps.iso(counted.windowStart(size)));
            }
        }
        return scopes.isEmpty()
                ? "It counts in no window."
                : "It counts in the windows " + String.join(", ", windows) + " of " + String.join(", ", scopes) + ".";
    }
}
