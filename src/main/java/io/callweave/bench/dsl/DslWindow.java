package io.callweave.bench.dsl;

/** The counters of an account's calls in a window. */
record DslWindow(long calls, long answered, long talkMs, long ringMs, long durationMs, long maxDurationMs) {

    static DslWindow empty() {
        return new DslWindow(0, 0, 0, 0, 0, 0);
    }

    DslWindow with(DslCall call) {
        return new DslWindow(
                calls + 1,
                answered + (call.answerTime() == null ? 0 : 1),
                talkMs + call.talkMs(),
                ringMs + call.ringMs(),
                durationMs + call.durationMs(),
                Math.max(maxDurationMs, call.durationMs()));
    }
}
