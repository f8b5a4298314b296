package io.callweave.platform.rest;

/** RingCentral's usage plan groups with their default limits for each user and minute (rate-limits.md). */
public enum UsageGroup {
    LIGHT("light", 50),
    MEDIUM("medium", 40),
    HEAVY("heavy", 10),
    AUTH("auth", 5);

    private final String word;
    private final int limit;

    UsageGroup(String word, int limit) {
        this.word = word;
        this.limit = limit;
    }

    String word() {
        return word;
    }

    int limit() {
        return limit;
    }
}
