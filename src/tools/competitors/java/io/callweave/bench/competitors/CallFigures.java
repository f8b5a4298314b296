package io.callweave.bench.competitors;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.bench.dsl.DslCall;

/** What all subjects that make a call of each session must agree on. */
public record CallFigures(String account, long durationMs, long ringMs, long talkMs, long holdMs, String result) {

    static CallFigures of(DslCall call) {
        return new CallFigures(
                call.accountId(), call.durationMs(), call.ringMs(), call.talkMs(), call.holdMs(), call.result());
    }

    /** Those of a {@link DslCall} as JSON. */
    static CallFigures of(JsonNode call) {
        return new CallFigures(
                call.get("accountId").textValue(),
                call.get("durationMs").longValue(),
                call.get("ringMs").longValue(),
                call.get("talkMs").longValue(),
                call.get("holdMs").longValue(),
                call.get("result").textValue());
    }
}
