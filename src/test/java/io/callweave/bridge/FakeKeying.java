package io.callweave.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Keys made-up notifications by their first word: {@code session ID [ACCOUNT [TIMESTAMP]]}, {@code skip KIND}; all else is
 * refused as {@code notJson}.
 */
final class FakeKeying implements Keying {

    @Override
    public Keyed key(byte[] value) {
        String[] words = new String(value, UTF_8).split(" ", -1);
        return switch (words[0]) {
            case "session" ->
                new Keyed.Session(
                        words[1], words.length > 2 ? words[2] : null, words.length > 3 ? Long.valueOf(words[3]) : null);
            case "skip" -> new Keyed.Skipped(words[1]);
            default -> new Keyed.Refused("notJson");
        };
    }
}
