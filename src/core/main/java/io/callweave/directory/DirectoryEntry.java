package io.callweave.directory;

import org.jspecify.annotations.Nullable;

/**
 * What the directory says about one extension. Unknown values are null.
 *
 * @param extensionId RingCentral's id of the extension, not the short number that people dial
 * @param type {@link #USER}, {@link #QUEUE} or {@link #IVR}; other words are passed through
 * @param timeZone by its name in the tz database, such as {@code Europe/Berlin}
 */
public record DirectoryEntry(
        String accountId,
        String extensionId,
        @Nullable String name,
        String type,
        @Nullable String site,
        @Nullable String department,
        @Nullable String timeZone) {

    public static final String USER = "user";
    public static final String QUEUE = "queue";
    public static final String IVR = "ivr";

    /** Its key on the topic. */
    public String key() {
        return key(accountId, extensionId);
    }

    public static String key(String accountId, String extensionId) {
        return accountId + "/" + extensionId;
    }

    /** Whether its name can be that of a person: RingCentral has more kinds of users than one, and adds some. */
    public boolean canBeAPerson() {
        return !type.equals(QUEUE) && !type.equals(IVR);
    }

    /**
     * The department that counts the calls of the extension. Queues and IVRs have none: they take calls, but nobody
     * works there.
     */
    public @Nullable String countedDepartment() {
        return type.equals(USER) ? department : null;
    }
}
