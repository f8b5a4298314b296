package io.callweave.verify;

import io.callweave.files.FileNotifications;
import io.callweave.files.WrongInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file with the keys of calls, such as {@code 809646016/s-7a6a2f9f}, one on each line: {@code verify} writes it. */
public final class CallKeys {

    private CallKeys() {}

    /**
     * Reads one.
     *
     * @throws WrongInput if it is not there, or a line is no key
     */
    public static Set<String> read(Path file) {
        Set<String> keys = new HashSet<>();
        try (FileNotifications lines = new FileNotifications(List.of(file.toString()), System.in)) {
            while (lines.hasNext()) {
                String key = new String(lines.next().value(), StandardCharsets.UTF_8).strip();
                int slash = key.indexOf('/');
                if (slash <= 0 || slash == key.length() - 1) {
                    throw new WrongInput(
                            "The file " + file + " has the line \"" + key + "\", which is no accountId/callId.");
                }
                keys.add(key);
            }
        }
        return keys;
    }
}
