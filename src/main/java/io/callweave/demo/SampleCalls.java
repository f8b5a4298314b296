package io.callweave.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The notifications of three real calls: an inbound one over a voice menu, an outbound and an internal one. */
public final class SampleCalls {

    /** Whose calls they are. */
    public static final String ACCOUNT = "809646016";

    /** How many calls they are. */
    public static final int CALLS = 3;

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
