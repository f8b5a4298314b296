package io.callweave.bench.competitors.flink;

import io.callweave.bench.dsl.DslCall;
import io.callweave.bench.dsl.DslWindow;
import java.time.Instant;

/** What the windows of an account need of a call. */
public record FinishedCall(
        String accountId, long startAt, boolean answered, long talkMs, long ringMs, long durationMs) {

    static FinishedCall of(DslCall call) {
        return new FinishedCall(
                call.accountId(),
                Instant.parse(call.startTime()).toEpochMilli(),
                call.answerTime() != null,
                call.talkMs(),
                call.ringMs(),
                call.durationMs());
    }

    /** A window with this call in it. */
    DslWindow addedTo(DslWindow window) {
        return new DslWindow(
                window.calls() + 1,
                window.answered() + (answered ? 1 : 0),
                window.talkMs() + talkMs,
                window.ringMs() + ringMs,
                window.durationMs() + durationMs,
                Math.max(window.maxDurationMs(), durationMs));
    }
}
