package io.callweave.bridge.webhook;

import io.callweave.bridge.transport.BridgeServices;
import io.callweave.runtime.http.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Every request of the endpoint. No thread waits: not for a body, and not for safekeeping. */
final class WebhookHandler extends Handler.Abstract.NonBlocking {

    /** Both spellings are in RingCentral's documents. */
    private static final String VALIDATION_TOKEN = "Validation-Token";

    private static final String VERIFICATION_TOKEN = "Verification-Token";

    private final Parts parts;

    /** What answers a request. */
    record Parts(BridgeServices services, HeadCheck check, MemoryBudget budget, WebhookLimits limits) {}

    WebhookHandler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        new Exchange(parts, request, response, callback, head(request)).begin();
        return true;
    }

    private static Head head(Request request) {
        HttpFields fields = request.getHeaders();
        List<String> tokens = new ArrayList<>(fields.getValuesList(VALIDATION_TOKEN));
        tokens.addAll(fields.getValuesList(VERIFICATION_TOKEN));
        String path = request.getHttpURI().getPath();
        return new Head(
                request.getMethod(),
                path == null ? "" : path,
                fields.get(VALIDATION_TOKEN),
                tokens,
                fields.get(HttpHeader.CONTENT_TYPE),
                encoding(fields),
                declaredBytes(fields));
    }

    /** Null for none. The server undoes chunks only, and would hand on whatever else was done to the body. */
    private static @Nullable String encoding(HttpFields fields) {
        List<String> transfer = fields.getCSV(HttpHeader.TRANSFER_ENCODING, false);
        return transfer.isEmpty() || (transfer.size() == 1 && transfer.get(0).equalsIgnoreCase("chunked"))
                ? joined(fields.getCSV(HttpHeader.CONTENT_ENCODING, false))
                : String.join(", ", transfer);
    }

    /** All of them, in how many lines they may stand; null for none. */
    private static @Nullable String joined(List<String> codings) {
        return codings.isEmpty() ? null : String.join(", ", codings);
    }

    private static long declaredBytes(HttpFields fields) {
        long length = fields.getLongField(HttpHeader.CONTENT_LENGTH);
        return length >= 0 ? length : fields.contains(HttpHeader.TRANSFER_ENCODING) ? -1 : 0;
    }
}
