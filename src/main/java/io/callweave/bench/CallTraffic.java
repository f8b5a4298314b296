package io.callweave.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Notifications to measure with: three real calls (an inbound one over an IVR, an outbound and an internal one, 29
 * notifications), over and over under other session and account ids, many at a time as in life.
 */
final class CallTraffic {

    private static final String SAMPLE = "/bench/calls.ndjson";
    private static final String SAMPLE_ACCOUNT = "809646016";
    private static final long FIRST_ACCOUNT = 100_000_000;

    private final List<List<String>> templates;
    private final int accounts;
    private final int concurrentCalls;

    /**
     * Traffic of a size.
     *
     * @param accounts over how many accounts the calls are spread
     * @param concurrentCalls how many calls go on at a time
     */
    CallTraffic(int accounts, int concurrentCalls) {
        this.templates = templates();
        this.accounts = accounts;
        this.concurrentCalls = concurrentCalls;
    }

    /**
     * Makes notifications in the order of their arrival.
     *
     * @param atLeast how many; calls are finished, so it can be some more
     * @param sink takes the telephony session and the notification
     * @return how many were made
     */
    long generate(long atLeast, BiConsumer<String, byte[]> sink) {
        List<Running> running = new ArrayList<>();
        long made = 0;
        int begun = 0;
        for (int turn = 0; made < atLeast || !running.isEmpty(); turn++) {
            if (running.size() < concurrentCalls && made < atLeast) {
                running.add(new Running(begun++, 0));
                continue;
            }
            int index = turn % running.size();
            Running call = running.get(index);
            List<String> template = templates.get(call.number() % templates.size());
            sink.accept(session(call.number()), notification(template.get(call.sent()), call.number()));
            made++;
            if (call.sent() + 1 < template.size()) {
                running.set(index, new Running(call.number(), call.sent() + 1));
            } else {
                running.remove(index);
            }
        }
        return made;
    }

    private record Running(int number, int sent) {}

    private byte[] notification(String template, int number) {
        String account = Long.toString(FIRST_ACCOUNT + number % accounts);
        return template.replace("{session}", hex(number))
                .replace(SAMPLE_ACCOUNT, account)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String session(int number) {
        return "s-" + hex(number);
    }

    /** Spread over the whole range, as real ids are. */
    private static String hex(int number) {
        long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
        return String.format("%016x%016x", mixed, number);
    }

    private static List<List<String>> templates() {
        Map<String, List<String>> bySession = new LinkedHashMap<>();
        try (InputStream sample = CallTraffic.class.getResourceAsStream(SAMPLE)) {
            if (sample == null) {
                throw new IllegalStateException("The sample " + SAMPLE + " is not in this build.");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(sample, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf("\"s-") + 3;
                String id = line.substring(at, line.indexOf('"', at));
                bySession.computeIfAbsent(id, key -> new ArrayList<>()).add(line.replace(id, "{session}"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(bySession.values());
    }
}
