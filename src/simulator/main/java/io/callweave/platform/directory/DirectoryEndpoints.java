package io.callweave.platform.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.rest.PlatformRoute;
import io.callweave.platform.rest.UsageGroup;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code directory/entries} and {@code call-queues} of an account, page by page. */
public final class DirectoryEndpoints {

    private static final String ACCOUNT = "/restapi/v1.0/account/{accountId}";
    private static final int ENTRIES_PER_PAGE = 1_000;
    private static final int MOST_ENTRIES = 2_000;
    private static final int QUEUES_PER_PAGE = 100;
    private static final int MOST_QUEUES = 1_000;

    private final PlatformDirectory directory;

    public DirectoryEndpoints(PlatformDirectory directory) {
        this.directory = directory;
    }

    public List<PlatformRoute> routes() {
        return List.of(route("/directory/entries", this::entries), route("/call-queues", this::queues));
    }

    private static PlatformRoute route(String path, PlatformRoute.Endpoint endpoint) {
        return new PlatformRoute("GET", ACCOUNT + path, UsageGroup.MEDIUM, PlatformCredentials.READ_ACCOUNTS, endpoint);
    }

    private PlatformReply entries(Caller caller, PlatformRequest request, Map<String, String> path) {
        boolean federated = !"false".equals(request.query().get("showFederated"));
        return page(request, directory.of(caller.accountId()), ENTRIES_PER_PAGE, MOST_ENTRIES, contact -> {
            ObjectNode json = contact.json();
            if (federated) {
                json.putObject("account").put("id", caller.accountId());
            }
            return json;
        });
    }

    private PlatformReply queues(Caller caller, PlatformRequest request, Map<String, String> path) {
        List<PlatformContact> queues = directory.of(caller.accountId()).stream()
                .filter(PlatformContact::isQueue)
                .toList();
        return page(
                request,
                queues,
                QUEUES_PER_PAGE,
                MOST_QUEUES,
                queue -> PlatformRequest.object()
                        .put("id", queue.id())
                        .put("name", queue.name())
                        .put("extensionNumber", queue.number()));
    }

    private static PlatformReply page(
            PlatformRequest request,
            List<PlatformContact> all,
            int otherwise,
            int most,
            Function<PlatformContact, ObjectNode> shown) {
        int perPage = request.number("perPage", otherwise, most);
        int page = request.number("page", 1, Integer.MAX_VALUE);
        int start = (int) Math.min(all.size(), (page - 1L) * perPage);
        int end = Math.min(all.size(), start + perPage);
        ObjectNode reply = PlatformRequest.object();
        ArrayNode records = reply.putArray("records");
        all.subList(start, end).forEach(contact -> records.add(shown.apply(contact)));
        reply.putObject("paging")
                .put("page", page)
                .put("perPage", perPage)
                .put("pageStart", start)
                .put("pageEnd", Math.max(start, end - 1))
                .put("totalPages", (all.size() + perPage - 1) / perPage)
                .put("totalElements", all.size());
        return PlatformReply.ok(reply);
    }
}
