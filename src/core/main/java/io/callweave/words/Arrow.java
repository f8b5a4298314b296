package io.callweave.words;

/**
 * Where a call went from one lane to another.
 *
 * @param at in milliseconds since the epoch
 * @param kind of the transfer, or supervision
 */
public record Arrow(long at, int fromLane, int toLane, String kind, String text) {}
