package io.callweave.explain;

import io.callweave.call.CallRules;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.session.Role;
import io.callweave.explain.replay.StageReplay;
import io.callweave.topology.calls.CallOptions;
import io.callweave.value.Timestamps;
import io.callweave.words.Lengths;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers a support engineer's questions about one call, on a page of text. */
public final class Explanation {

    private final CallHistory history;
    private final CallRules rules;
    private final Labels labels;
    private final Values values;
    private final long now;
    private final Page page = new Page();

    private Explanation(CallHistory history, CallRules rules, Values values, long now) {
        this.history = history;
        this.rules = rules;
        this.values = values;
        this.now = now;
        labels = Labels.of(history, values);
    }

    /**
     * Replays an account and explains one call.
     *
     * @param telephonySessionId a session of the call, a missing session that it names, or an id that it had
     * @param masked whether to hide phone numbers and names
     * @return lines of at most 100 characters
     */
    public static String of(
            RecordedLines recording, String accountId, String telephonySessionId, CallOptions options, boolean masked) {
        return of(recording, accountId, telephonySessionId, options, masked, Long.MAX_VALUE, () -> {});
    }

    /**
     * The same of a recording that goes on.
     *
     * @param now the present time, in milliseconds since the epoch. What would happen after it is told as a forecast
     * @param pace runs at each of many small steps; can end all with an exception
     */
    public static String of(
            RecordedLines recording,
            String accountId,
            String telephonySessionId,
            CallOptions options,
            boolean masked,
            long now,
            Runnable pace) {
        StageReplay replay = new StageReplay(options, pace);
        CallHistory history = CallHistory.of(recording, accountId, telephonySessionId, replay, pace);
        return new Explanation(history, options.rules(), new Values(masked), now).write(pace);
    }

    private String write(Runnable pace) {
        Gaps gaps = new Gaps(history, labels);
        Emitted last = history.last();
        CallRecord call = last == null ? none() : summary(last);
        who(call);
        new ArrivalsSection(history, labels, page, now, pace).write();
        new SequencesSection(history, labels, page).write(call);
        missing(gaps, last, call);
        new RecordsSection(history, labels, values, new WhyThen(labels, rules, page, now), gaps, page, now, pace)
                .write();
        return page.toString();
    }

    private @Nullable CallRecord none() {
        page.heading("NO CALL of account " + labels.text("accountId", history.accountId()));
        page.line(
                2,
                "No record was emitted for "
                        + history.sessions().stream()
                                .map(id -> labels.text("telephonySessionId", id))
                                .collect(Collectors.joining(", "))
                        + ".");
        return null;
    }

    private CallRecord summary(Emitted last) {
        Emitted.Content content = last.content();
        CallRecord call = content.call();
        page.heading("CALL " + labels.text("callId", last.emission().callId()) + " of account "
                + labels.text("accountId", history.accountId()));
        page.line(
                2,
                (last.isAhead(now)
                                ? "%s, %s: %s so far. It began at %s; its latest event came after %s."
                                : "%s, %s: %s. It began at %s and lasted %s.")
                        .formatted(
                                call.outcome().action(),
                                labels.text("direction", call.direction()),
                                values.words(content.json()).sentence(),
                                Timestamps.iso(call.times().startTime()),
                                Lengths.of(call.times().durationMs())));
        if (last.isAhead(now)) {
            page.line(
                    2,
                    "The call goes on. If nothing more were received, %s would be %s. %s belong to it so far; times are UTC."
                            .formatted(
                                    labels.emission(last.emission()),
                                    call.state().word(),
                                    Words.count(history.lines().size(), "line")));
            return call;
        }
        long revised = history.emitted().size();
        page.line(
                2,
                "In the end it is %s (%s). It has %s. %s belong to it; times are UTC%s."
                        .formatted(
                                call.state().word(),
                                labels.emission(last.emission()),
                                Words.count(revised, "record"),
                                Words.count(history.lines().size(), "line"),
                                history.lines().stream().allMatch(RecordedLine::receiptKnown)
                                        ? ""
                                        : ", and receipt is the time of the recording"));
        return call;
    }

    private void who(@Nullable CallRecord call) {
        page.heading("SESSIONS AND PARTIES");
        labels.sessions().forEach((id, label) -> {
            page.line(
                    2,
                    label + "  " + labels.text("telephonySessionId", id)
                            + (history.sessions().contains(id) ? "" : ", never seen here"));
            if (call != null) {
                call.parties().stream()
                        .filter(party -> party.ref().telephonySessionId().equals(id))
                        .forEach(this::party);
            }
        });
    }

    private void party(PartyRecord party) {
        page.paragraph(
                4,
                9,
                "%s  %s%s, %s: from %s to %s"
                        .formatted(
                                labels.party(
                                        party.ref().telephonySessionId(),
                                        party.ref().partyId()),
                                party.direction() == null
                                        ? "no direction"
                                        : labels.text("direction", party.direction()),
                                party.role() == Role.PARTICIPANT
                                        ? ""
                                        : " " + party.role().name().toLowerCase(Locale.ROOT),
                                party.extensionId() == null
                                        ? "outside"
                                        : "extension " + labels.text("extensionId", party.extensionId()),
                                values.address(party.from()),
                                values.address(party.to())));
    }

    private void missing(Gaps gaps, @Nullable Emitted last, @Nullable CallRecord call) {
        page.heading("WHAT IS MISSING " + (last != null && last.isAhead(now) ? "SO FAR" : "IN THE END"));
        List<String> missing = last == null || call == null ? List.of() : gaps.missing(last, call);
        missing.forEach(each -> page.item(2, each));
        if (last != null && missing.isEmpty()) {
            page.line(2, "Nothing that can be known.");
        } else if (last == null) {
            page.line(2, "A party event that can be used and is in time.");
        } else if (!rules.gapsCount(last.emission().accountId())) {
            page.line(
                    2,
                    "Missing sequences make no record partial here ("
                            + Words.gapsIgnoredBy(rules, last.emission().accountId()) + ").");
        }
    }
}
