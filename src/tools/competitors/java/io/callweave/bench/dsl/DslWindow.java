package io.callweave.bench.dsl;

/** The counters of an account's calls in a window. */
public record DslWindow(long calls, long answered, long talkMs, long ringMs, long durationMs, long maxDurationMs) {

    /** No call so far. */
    public static DslWindow empty() {
        return new DslWindow(0, 0, 0, 0, 0, 0);
    }

    /** With one more call. */
    public DslWindow with(DslCall call) {
        return new DslWindow(
                calls + 1,
                answered + (call.answerTime() == null ? 0 : 1),
                talkMs + call.talkMs(),
                ringMs + call.ringMs(),
                durationMs + call.durationMs(),
                Math.max(maxDurationMs, call.durationMs()));
    }
}
