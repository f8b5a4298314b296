package io.callweave.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The notifications of three real calls: an inbound one over a voice menu, an outbound and an internal one. */
public final class SampleCalls {

    /** Whose calls they are. */
    public static final String ACCOUNT = "809646016";

    /** How many calls they are. */
    public static final int CALLS = 3;

    /** What is to be seen in each, by call id. */
    public static final SortedMap<String, String> WORDS = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            "s-718107795d564867a6f635fd81e89940", "inbound, over a menu",
            "s-f9badb80011344259059d6894a30ace2", "internal, on hold",
            "s-c23b203d62db4f6aaee00717bafa99be", "outbound, on hold")));

    private static final String RESOURCE = "/bench/calls.ndjson";

    private SampleCalls() {}

    /** In the order in which RingCentral sent them. */
    static List<byte[]> notifications() {
        try (InputStream sample = SampleCalls.class.getResourceAsStream(RESOURCE)) {
            if (sample == null) {
                throw new IllegalStateException("The sample " + RESOURCE + " is not in this build.");
            }
            return new BufferedReader(new InputStreamReader(sample, StandardCharsets.UTF_8))
                    .lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
