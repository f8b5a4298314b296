package io.callweave.deliver.api;

/** What the API offers. {@code openapi.json} describes the same. */
enum ApiRoute {
    LIST("GET", "/v1/subscriptions"),
    CREATE("POST", "/v1/subscriptions"),
    SHOW("GET", "/v1/subscriptions/{id}"),
    DELETE("DELETE", "/v1/subscriptions/{id}"),
    TEST("POST", "/v1/subscriptions/{id}/test"),
    PAUSE("POST", "/v1/subscriptions/{id}/pause"),
    RESUME("POST", "/v1/subscriptions/{id}/resume"),
    ROTATE("POST", "/v1/subscriptions/{id}/rotate"),
    RETRY("POST", "/v1/retry");

    private final String method;
    private final String path;

    ApiRoute(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }
}
