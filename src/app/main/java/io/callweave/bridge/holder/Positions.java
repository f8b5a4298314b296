package io.callweave.bridge.holder;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Positions as the text that goes with a committed offset, and back. Kafka takes 4,096 characters by default. */
final class Positions {

    private static final int MOST_CHARACTERS = 4_000;
    private static final int RADIX = 36;
    private static final int PARTS = 4;
    private static final String SETTLED = "s";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=._~-]*");

    private Positions() {}

    /** Of as many accounts as there is room for; first without tokens, then without the last ones. */
    static String write(Map<String, FeedPosition> positions) {
        String all = write(positions, true);
        return all.length() <= MOST_CHARACTERS ? all : write(positions, false);
    }

    /** What cannot be read is left out. */
    static Map<String, FeedPosition> read(String text) {
        Map<String, FeedPosition> positions = new TreeMap<>();
        for (String one : text.split(",", -1)) {
            String[] parts = one.split(":", -1);
            if (parts.length == PARTS
                    && parts[1].matches("[0-9a-z]{1,11}")
                    && TOKEN.matcher(parts[2]).matches()) {
                positions.put(
                        parts[0],
                        new FeedPosition(Long.parseLong(parts[1], RADIX), parts[2], parts[3].equals(SETTLED)));
            }
        }
        return positions;
    }

    private static String write(Map<String, FeedPosition> positions, boolean withTokens) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(positions).forEach((account, position) -> {
            boolean token =
                    withTokens && TOKEN.matcher(position.recoveryToken()).matches();
            String one = account + ":" + Long.toString(position.wholeUntil(), RADIX) + ":"
                    + (token ? position.recoveryToken() : "") + ":" + (position.settled() ? SETTLED : "");
            if (withTokens || text.length() + one.length() < MOST_CHARACTERS) {
                text.append(text.isEmpty() ? "" : ",").append(one);
            }
        });
        return text.toString();
    }
}
