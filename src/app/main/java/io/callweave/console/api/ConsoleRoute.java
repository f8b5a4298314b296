package io.callweave.console.api;

/** What the API offers. {@code openapi.json} describes the same. */
public enum ConsoleRoute {
    ME("GET", "/v1/me"),
    LIVE("GET", "/v1/live"),
    SEARCH("POST", "/v1/calls/search"),
    STATISTICS("POST", "/v1/calls/statistics"),
    EXPORT("POST", "/v1/calls/export"),
    CALL("GET", "/v1/calls/{account}/{call}"),
    NOTIFICATIONS("GET", "/v1/calls/{account}/{call}/notifications"),
    WHY("GET", "/v1/calls/{account}/{call}/why"),
    WALLBOARD("GET", "/v1/wallboard"),
    WINDOWS("GET", "/v1/windows"),
    ENGINE("GET", "/v1/engine"),
    DEAD_LETTERS("GET", "/v1/dead-letters"),
    EVENTS("GET", "/v1/events");

    private final String method;
    private final String path;

    ConsoleRoute(String method, String path) {
        this.method = method;
        this.path = path;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    /** Whether it answers before the store is filled. */
    boolean isEarly() {
        return this == ME;
    }

    /** Whether it tells of the installation, and so only to those who may see all accounts. */
    boolean isOfOperator() {
        return this == ENGINE || this == DEAD_LETTERS;
    }
}
