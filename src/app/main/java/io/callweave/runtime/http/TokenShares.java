package io.callweave.runtime.http;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Gives each access token a share of the threads. A client that asks on many connections and reads no answer keeps a thread for
 * each; so it keeps its own, and no other's. Requests beyond the share wait without a thread. Thread-safe.
 */
final class TokenShares extends Handler.Wrapper {

    /** Of 200 threads. More would take the processors from the other tokens: each at work is a thread that runs. */
    static final int AT_ONCE = 8;

    /** Further ones of a token, of 1,000 connections. */
    static final int MOST_WAITING = 160;

    private final Predicate<Optional<String>> isKnown;
    private final Map<String, Share> shares = new HashMap<>();

    /** What one token has at the moment. */
    private static final class Share {

        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int atWork;
    }

    private enum Place {
        NOW,
        LATER,
        NONE
    }

    /** @param isKnown whether a request with this access token can be let in; others get small answers, which need no share */
    TokenShares(Handler handler, Predicate<Optional<String>> isKnown) {
        super(handler);
        this.isKnown = isKnown;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<String> token = ApiAnswers.bearer(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        if (!isKnown.test(token)) {
            return super.handle(request, response, callback);
        }
        String of = token.orElse("");
        switch (enter(of, () -> answer(of, request, response, callback))) {
            case NOW -> {
                try {
                    return super.handle(request, response, callback);
                } finally {
                    leave(of);
                }
            }
            case NONE -> {
                response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
                response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
                Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            }
            case LATER -> {}
        }
        return true;
    }

    private void answer(String of, Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) { // Handler#handle declares it
            Response.writeError(request, response, callback, e);
        } finally {
            leave(of);
        }
    }

    private synchronized Place enter(String of, Runnable later) {
        Share share = shares.computeIfAbsent(of, token -> new Share());
        if (share.atWork < AT_ONCE) {
            share.atWork++;
            return Place.NOW;
        }
        return share.waiting.size() < MOST_WAITING && share.waiting.add(later) ? Place.LATER : Place.NONE;
    }

    private void leave(String of) {
        Runnable next = next(of);
        if (next == null) {
            return;
        }
        try {
            getServer().getThreadPool().execute(next);
        } catch (RejectedExecutionException stopping) {
            // Its connection is closed.
        }
    }

    /** Has the place of the one that leaves; null if nobody waits. */
    private synchronized @Nullable Runnable next(String of) {
        Share share = shares.get(of);
        Runnable next = share == null ? null : share.waiting.poll();
        if (share != null && next == null && --share.atWork == 0) {
            shares.remove(of);
        }
        return next;
    }
}
