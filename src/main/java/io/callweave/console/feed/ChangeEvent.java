package io.callweave.console.feed;

import org.jspecify.annotations.Nullable;

/**
 * Something that changed.
 *
 * @param id to go on after it
 * @param type live, over, call, windows, reset or beat
 * @param account that it is about; null if it says nothing of an account
 * @param data JSON on one line
 */
public record ChangeEvent(String id, String type, @Nullable String account, String data) {

    int size() {
        return data.length() + id.length() + type.length();
    }
}
