package io.callweave.bench.dsl;

import io.callweave.bench.dsl.DslNotification.End;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record of a finished session. */
public record DslCall(
        String callId,
        String accountId,
        String startTime,
        String endTime,
        @Nullable String answerTime,
        String result,
        @Nullable String direction,
        long durationMs,
        long ringMs,
        long talkMs,
        long holdMs,
        @Nullable End from,
        @Nullable End to,
        List<PartyOfCall> parties) {

    public record PartyOfCall(
            String id,
            @Nullable String direction,
            @Nullable String extensionId,
            @Nullable End from,
            @Nullable End to,
            String startTime,
            @Nullable String answerTime,
            @Nullable String endTime,
            @Nullable String endReason,
            long ringMs,
            long talkMs,
            long holdMs,
            List<StatusOfParty> segments) {}

    public record StatusOfParty(String status, @Nullable String reason, String startTime, long durationMs) {}
}
