package io.callweave.bridge.activity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an account is connected.
 *
 * @param transport such as {@code websocket} or {@code webhook}
 * @param state in a word, such as {@code connected} or {@code failing}
 * @param since when it is so
 * @param problem one sentence for the operator; null if there is none
 * @param expires when RingCentral's subscription ends; null if it does not
 */
public record ConnectionState(
        String transport,
        String state,
        Instant since,
        @Nullable String problem,
        @Nullable Instant expires) {}
