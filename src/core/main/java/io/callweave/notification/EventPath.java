package io.callweave.notification;

import org.jspecify.annotations.Nullable;

/** Reads the envelope's {@code event}, the URI of the event filter, without its query. */
final class EventPath {

    private static final String OURS = "/telephony/sessions";
    private static final String ACCOUNT = "/account/";
    private static final String ACCOUNTS = "/accounts/";
    private static final String OWN_ACCOUNT = "~";

    private EventPath() {}

    /**
     * The kind of another event; null for a telephony session event. A notification without {@code event} counts as
     * one.
     */
    static @Nullable OtherEvent otherEvent(@Nullable String event) {
        if (event == null) {
            return null;
        }
        String path = path(event);
        return isOurs(path) ? null : OtherEvent.ofPath(path);
    }

    /** What a later fact is about; null if it is another event. */
    static @Nullable FactPath fact(@Nullable String event) {
        return event == null ? null : FactPath.of(path(event));
    }

    /** Also with a slash at the end, or with the id of the session. */
    private static boolean isOurs(String path) {
        int found = path.lastIndexOf(OURS);
        int end = found + OURS.length();
        return found >= 0 && (end == path.length() || (path.charAt(end) == '/' && path.indexOf('/', end + 1) < 0));
    }

    /** The account in the path; null if there is none or only {@code ~}, which is the subscriber's own. */
    static @Nullable String account(@Nullable String event) {
        if (event == null) {
            return null;
        }
        String path = path(event);
        String account = behind(ACCOUNT, path);
        if (account == null) {
            account = behind(ACCOUNTS, path);
        }
        return account == null || account.equals(OWN_ACCOUNT) ? null : account;
    }

    private static @Nullable String behind(String marker, String path) {
        int found = path.indexOf(marker);
        int start = found + marker.length();
        int end = found < 0 ? -1 : path.indexOf('/', start);
        return end <= start ? null : path.substring(start, end);
    }

    private static String path(String event) {
        int query = event.indexOf('?');
        return query < 0 ? event : event.substring(0, query);
    }
}
