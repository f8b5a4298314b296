package io.callweave.runtime.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;

/**
 * A large answer that everybody gets, also who shows no token. All clients are sent the same bytes, and no thread waits until one has read
 * them: what fits into a socket is up to its client.
 */
public final class FixedAnswer {

    private static final String GZIP = "gzip";

    private final String type;
    private final byte[] plain;
    private final byte[] zipped;

    /** @param type such as {@code application/json} */
    public FixedAnswer(String type, byte[] bytes) {
        this.type = type;
        this.plain = bytes;
        this.zipped = zip(bytes);
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /** Answers a request with it. */
    public void answer(Context context) {
        boolean takesZipped = ServletContextRequest.getServletContextRequest(context.req())
                .getHeaders()
                .getQualityCSV(HttpHeader.ACCEPT_ENCODING)
                .contains(GZIP);
        context.contentType(type).header(Header.VARY, Header.ACCEPT_ENCODING);
        if (takesZipped) {
            context.header(Header.CONTENT_ENCODING, GZIP);
        }
        context.future(() -> sent(context, ByteBuffer.wrap(takesZipped ? zipped : plain)));
    }

    private static CompletableFuture<Void> sent(Context context, ByteBuffer bytes) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        // A client that has gone is no failure of ours.
        Callback over = Callback.from(() -> sent.complete(null), failure -> sent.complete(null));
        ServletContextRequest.getServletContextRequest(context.req())
                .getHttpOutput()
                .sendContent(bytes, over);
        return sent;
    }
}
