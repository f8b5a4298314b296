package io.callweave.console.api;

import io.callweave.access.AccountScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps each wallboard for a second: all pages ask for it when figures change, and it reads the windows of every agent. */
final class RecentBoards {

    static final Duration FRESH = Duration.ofSeconds(1);

    private static final int MOST = 200;

    private final Map<Key, Board> boards = new ConcurrentHashMap<>();

    private record Key(AccountScope scope, @Nullable String account) {}

    private record Board(Instant at, String json) {}

    /** Those who ask for the same at the same time wait for one of them. */
    String get(Instant now, AccountScope scope, @Nullable String account, Supplier<String> made) {
        if (boards.size() >= MOST) {
            boards.clear();
        }
        return boards.compute(
                        new Key(scope, account),
                        (key, board) -> board != null && now.isBefore(board.at.plus(FRESH))
                                ? board
                                : new Board(now, made.get()))
                .json;
    }
}
