package io.callweave.notification;

/** Other events that an address may receive. The set is bounded because each is the tag of a counter. */
public enum OtherEvent {
    PRESENCE("presence", "/presence"),
    MESSAGE_STORE("messageStore", "/message-store"),
    DIRECTORY("directory", "/directory"),
    SUBSCRIPTION("subscription", "/subscription"),
    OTHER("other", "");

    private final String wireName;
    private final String segment;

    OtherEvent(String wireName, String segment) {
        this.wireName = wireName;
        this.segment = segment;
    }

    /** The name in metrics. */
    public String wireName() {
        return wireName;
    }

    static OtherEvent ofPath(String path) {
        for (OtherEvent kind : values()) {
            if (kind.isIn(path)) {
                return kind;
            }
        }
        return OTHER;
    }

    /** More of the path may follow a kind: {@code …/message-store/instant}, {@code …/subscription/~}. */
    private boolean isIn(String path) {
        int at = path.indexOf(segment);
        int end = at + segment.length();
        return at >= 0 && (end == path.length() || path.charAt(end) == '/');
    }
}
