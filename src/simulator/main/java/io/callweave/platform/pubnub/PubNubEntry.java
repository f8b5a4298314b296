package io.callweave.platform.pubnub;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.rest.RequestFaults;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers PubNub's own paths: subscribe, time, and presence, which is not there. All others are somebody else's. */
public final class PubNubEntry extends Handler.Wrapper {

    private static final Pattern SUBSCRIBE = Pattern.compile("/v2/subscribe/([^/]+)/([^/]+)/0");
    private static final Pattern PRESENCE = Pattern.compile("/v2/presence/.+/(heartbeat|leave)");
    private static final String TIME = "/time/0";

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final Channels channels;
    private final RequestFaults faults;

    public PubNubEntry(Channels channels, RequestFaults faults, Handler others) {
        super(others);
        this.channels = channels;
        this.faults = faults;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        Matcher subscribe = SUBSCRIBE.matcher(path);
        if (subscribe.matches()) {
            request.addIdleTimeoutListener(timeout -> false); // it waits for messages
            subscribe(subscribe, request, response, callback);
            return true;
        }
        if (PRESENCE.matcher(path).matches()) {
            write(
                    response,
                    callback,
                    PlatformRequest.object()
                            .put("status", OK)
                            .put("message", "OK")
                            .put("service", "Presence"));
            return true;
        }
        if (path.equals(TIME)) {
            write(response, callback, PlatformRequest.object().arrayNode().add(channels.now()));
            return true;
        }
        return super.handle(request, response, callback);
    }

    private void subscribe(Matcher path, Request request, Response response, Callback callback) {
        Map<String, String> query = PlatformRequest.pairs(request.getHttpURI().getQuery());
        try {
            faults.check(path.group());
        } catch (PlatformError error) {
            refuse(response, callback, error.reply().status());
            return;
        }
        long after;
        try {
            after = Long.parseLong(query.getOrDefault("tt", "0"));
        } catch (NumberFormatException e) {
            refuse(response, callback, BAD_REQUEST);
            return;
        }
        channels.subscribe(path.group(1), Set.of(path.group(2).split(",")), after, body -> {
            if (body == null) {
                request.getConnectionMetaData().getConnection().close();
                callback.failed(new EofException("PubNub is away.")); // Jetty does not log these
            } else {
                write(response, callback, body);
            }
        });
    }

    private static void refuse(Response response, Callback callback, int status) {
        response.setStatus(status);
        write(response, callback, PlatformRequest.object().put("status", status).put("error", true));
    }

    private static void write(Response response, Callback callback, JsonNode body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/javascript; charset=\"UTF-8\"");
        Content.Sink.write(response, true, body.toString(), callback);
    }
}
