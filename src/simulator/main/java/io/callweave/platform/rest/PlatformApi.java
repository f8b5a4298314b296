package io.callweave.platform.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All endpoints. Checks in RingCentral's order: does it exist, who asks, how often, and with which permission. */
public final class PlatformApi {

    private final List<PlatformRoute> routes;
    private final Map<String, Function<PlatformRequest, PlatformReply>> signIn;
    private final Function<PlatformRequest, Caller> authentication;
    private final UsageLimits limits;
    private final RequestFaults faults;

    /**
     * @param signIn what is posted without an access token, by path
     * @param authentication who asks; it throws a {@link PlatformError} if nobody knows
     */
    public PlatformApi(
            List<PlatformRoute> routes,
            Map<String, Function<PlatformRequest, PlatformReply>> signIn,
            Function<PlatformRequest, Caller> authentication,
            UsageLimits limits,
            RequestFaults faults) {
        this.routes = List.copyOf(routes);
        this.signIn = Map.copyOf(signIn);
        this.authentication = authentication;
        this.limits = limits;
        this.faults = faults;
    }

    public PlatformReply answer(PlatformRequest request) {
        try {
            faults.check(request.path());
            Function<PlatformRequest, PlatformReply> open = signIn.get(request.path());
            if (open != null && request.method().equals("POST")) {
                return open.apply(request);
            }
            for (PlatformRoute route : routes) {
                Optional<Map<String, String>> path = route.match(request.path());
                if (route.method().equals(request.method()) && path.isPresent()) {
                    return answer(route, request, path.get());
                }
            }
            throw new PlatformError(404, "CMN-120", "Invalid URI");
        } catch (PlatformError error) {
            return error.reply();
        }
    }

    private PlatformReply answer(PlatformRoute route, PlatformRequest request, Map<String, String> path) {
        Caller known = request.caller();
        Caller caller = known == null ? authentication.apply(request) : known;
        Map<String, String> headers = limits.count(caller.extensionId() + "/" + caller.clientId(), route.group());
        if (route.permission() != null && !caller.permissions().contains(route.permission())) {
            throw PlatformError.permission(route.permission());
        }
        String account = path.get("accountId");
        if (account != null && !account.equals("~") && !account.equals(caller.accountId())) {
            throw PlatformError.notFound("accountId");
        }
        return route.endpoint().answer(caller, request, path).with(headers);
    }
}
