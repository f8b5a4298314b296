package io.callweave.platform;

import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.rest.PlatformRoute;
import io.callweave.platform.rest.UsageGroup;
import java.util.Map;

/** {@code GET /restapi/v1.0/account/~}: which account the user is of. */
final class AccountEndpoint {

    private static final String PATH = "/restapi/v1.0/account/{accountId}";

    private AccountEndpoint() {}

    static PlatformRoute route() {
        return new PlatformRoute(
                "GET", PATH, UsageGroup.LIGHT, PlatformCredentials.READ_ACCOUNTS, AccountEndpoint::answer);
    }

    private static PlatformReply answer(Caller caller, PlatformRequest request, Map<String, String> path) {
        String asked = path.getOrDefault("accountId", "~");
        if (!asked.equals("~") && !asked.equals(caller.accountId())) {
            throw new PlatformError(404, "CMN-102", "Resource for parameter [accountId] is not found");
        }
        return PlatformReply.ok(PlatformRequest.object()
                .put("uri", request.base() + "/restapi/v1.0/account/" + caller.accountId())
                .put("id", Long.parseLong(caller.accountId()))
                .put("status", "Confirmed"));
    }
}
