package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;

/** What the API offers, and what of {@link ConsoleApi} answers it. {@code openapi.json} describes the same. */
public enum ConsoleRoute {
    ME("GET", "/v1/me", json((api, request) -> api.me(request.scope()))),
    LIVE("GET", "/v1/live", (api, request) -> request.json(api.live(request.scope(), request.account()))),
    SEARCH("POST", "/v1/calls/search", (api, request) -> request.json(api.search(request.scope(), request.asked()))),
    STATISTICS(
            "POST", "/v1/calls/statistics", json((api, request) -> api.statistics(request.scope(), request.asked()))),
    CALLBACKS("POST", "/v1/callbacks", (api, request) -> request.json(api.callbacks(request.scope(), request.asked()))),
    EXPORT("POST", "/v1/calls/export", (api, request) -> request.export(api)),
    CALL(
            "GET",
            "/v1/calls/{account}/{call}",
            (api, request) -> request.json(api.calls()
                    .show(request.scope(), request.inPath("account"), request.inPath("call"), request::hasLeft))),
    NOTIFICATIONS(
            "GET",
            "/v1/calls/{account}/{call}/notifications",
            (api, request) -> request.json(api.evidence()
                    .notifications(
                            request.scope(), request.inPath("account"), request.inPath("call"), request::hasLeft))),
    WHY(
            "GET",
            "/v1/calls/{account}/{call}/why",
            (api, request) -> request.json(api.evidence()
                    .why(request.scope(), request.inPath("account"), request.inPath("call"), request::hasLeft))),
    WALLBOARD(
            "GET", "/v1/wallboard", (api, request) -> request.json(api.wallboard(request.scope(), request.account()))),
    WINDOWS("GET", "/v1/windows", (api, request) -> request.json(api.windows(request.scope(), request.context()))),
    AUDITS("GET", "/v1/audits", json((api, request) -> api.audits(request.scope(), request.account()))),
    ENGINE("GET", "/v1/engine", json((api, request) -> api.engine())),
    TIMES("GET", "/v1/times/{id}", json((api, request) -> api.times(request.inPath("id")))),
    DEAD_LETTERS("GET", "/v1/dead-letters", json((api, request) -> api.deadLetters())),
    EVENTS("GET", "/v1/events", (api, request) -> request.events(api.changes()));

    private final String method;
    private final String path;
    private final Answer answer;

    /** Answers a request. */
    @FunctionalInterface
    private interface Answer {

        void to(ConsoleApi api, ConsoleRequest request) throws Exception;
    }

    /** What is answered. */
    @FunctionalInterface
    private interface Json {

        JsonNode of(ConsoleApi api, ConsoleRequest request) throws Exception;
    }

    ConsoleRoute(String method, String path, Answer answer) {
        this.method = method;
        this.path = path;
        this.answer = answer;
    }

    private static Answer json(Json json) {
        return (api, request) -> request.json(json.of(api, request));
    }

    void answer(ConsoleApi api, ConsoleRequest request) throws Exception {
        answer.to(api, request);
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
        return this == ENGINE || this == TIMES || this == DEAD_LETTERS;
    }
}
