package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.ChangeListener;
import io.callweave.console.feed.Changes;
import io.callweave.runtime.http.ApiAnswers;
import io.callweave.runtime.http.HttpListener;
import io.callweave.runtime.http.MemoryBudget;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A request that is allowed, and the answer to it.
 *
 * @param scope the accounts that it may see
 * @param answers bounds those that are not read yet
 */
record ConsoleRequest(Context context, AccountScope scope, MemoryBudget answers) {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleRequest.class);

    /** The account that is asked for; null for all. */
    @Nullable
    String account() {
        return context.queryParam("account");
    }

    /** A part of the path, by its name in {@link ConsoleRoute}. */
    String inPath(String name) {
        return context.pathParam(name);
    }

    /** Whether nobody waits for the answer any more. */
    boolean hasLeft() {
        return HttpListener.hasLeft(context);
    }

    Requests.Asked asked() throws IOException {
        return Requests.asked(ApiAnswers.body(context));
    }

    void json(JsonNode body) {
        json(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    void json(byte[] body) {
        if (!ApiAnswers.json(context, answers, scope, body)) {
            throw ApiException.unread();
        }
    }

    void export(ConsoleApi api) throws IOException {
        if (context.protocol().equals(HttpVersion.HTTP_1_0.asString())) {
            throw ApiException.withoutChunks();
        }
        Requests.Asked asked = asked();
        boolean csv = asked.format().equals("csv");
        context.contentType(csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
        context.header(Header.CONTENT_DISPOSITION, "attachment; filename=\"calls." + (csv ? "csv" : "ndjson") + "\"");
        try {
            api.export(scope, asked, () -> {
                // Jetty would leave the chunks out for a client that wants the connection closed.
                context.header(Header.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());
                return context.outputStream();
            });
        } catch (IOException e) {
            boolean failed = e.getCause() instanceof RuntimeException cause && !(cause instanceof UncheckedIOException);
            LOG.atLevel(failed ? Level.WARN : Level.DEBUG).setCause(e).log("An export of the console broke off.");
            // Without the end of the answer, clients see that they have a part only.
            HttpListener.breakOff(context);
        }
    }

    void events(Changes changes) throws IOException {
        String accepted = context.header(Header.ACCEPT);
        if (accepted == null || !accepted.contains(EventStream.TYPE)) {
            throw ApiException.notAcceptable();
        }
        if (ApiAnswers.isHead(context)) {
            EventStream.head(context);
            context.res().flushBuffer(); // else it has a length
            return;
        }
        @Nullable String after = context.header("Last-Event-ID");
        ChangeListener listener = changes.tryListen(scope, after == null ? context.queryParam("after") : after)
                .orElseThrow(ApiException::full);
        EventStream.start(context, listener);
    }
}
