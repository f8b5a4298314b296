package io.callweave.runtime.http;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Gives each owner of access tokens a share of the threads, and of the connections that wait for one. A client that asks on
 * many connections and reads no answer keeps a thread for each; so it keeps its own, and no other's. Requests beyond the share
 * wait without a thread, and are not answered when their client has left meanwhile; when many wait, the newest of the owner
 * with most of them is refused. Thread-safe.
 */
final class Shares extends Handler.Wrapper {

    /** Of 200 threads. More would take the processors from the others: each at work is a thread that runs. */
    static final int AT_ONCE = 8;

    /** Of 1,000 connections. */
    static final int MOST_WAITING = 300;

    private final Function<Optional<String>, Optional<?>> owners;
    private final Map<Object, Share> shares = new HashMap<>();
    private int waiting;

    /** A request that waits: it is answered in the end, or refused. */
    private record Waiter(Runnable answer, Runnable refusal) {}

    /** What one owner has at the moment. */
    private static final class Share {

        private final Deque<Waiter> waiting = new ArrayDeque<>();
        private int atWork;

        private int waits() {
            return waiting.size();
        }
    }

    private enum Place {
        NOW,
        LATER,
        NONE
    }

    /** @param owners of access tokens; who has none gets small answers, or a {@link FixedAnswer}: those need no share */
    Shares(Handler handler, Function<Optional<String>, Optional<?>> owners) {
        super(handler);
        this.owners = owners;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Object owner = owners.apply(ApiAnswers.bearer(request.getHeaders().get(HttpHeader.AUTHORIZATION)))
                .orElse(null);
        if (owner == null) {
            return super.handle(request, response, callback);
        }
        Waiter waiter =
                new Waiter(() -> answer(owner, request, response, callback), () -> refuse(request, response, callback));
        switch (enter(owner, waiter)) {
            case NOW -> {
                try {
                    return super.handle(request, response, callback);
                } finally {
                    leave(owner);
                }
            }
            case NONE -> refuse(request, response, callback);
            case LATER -> {}
        }
        return true;
    }

    private void answer(Object owner, Request request, Response response, Callback callback) {
        try {
            if (HttpListener.hasLeft(request, response)) {
                callback.failed(new EofException());
            } else if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) { // Handler#handle declares it
            Response.writeError(request, response, callback, e);
        } finally {
            leave(owner);
        }
    }

    private static void refuse(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
        Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }

    private Place enter(Object owner, Waiter waiter) {
        Waiter refused = null;
        synchronized (this) {
            Share share = shares.computeIfAbsent(owner, each -> new Share());
            if (share.atWork < AT_ONCE) {
                share.atWork++;
                return Place.NOW;
            }
            if (waiting >= MOST_WAITING) {
                Share most = Collections.max(shares.values(), Comparator.comparingInt(Share::waits));
                if (most.waits() <= share.waits() + 1) {
                    return Place.NONE;
                }
                refused = most.waiting.removeLast();
                waiting--;
            }
            share.waiting.add(waiter);
            waiting++;
        }
        if (refused != null) {
            run(refused.refusal());
        }
        return Place.LATER;
    }

    private void leave(Object owner) {
        Waiter next = next(owner);
        if (next != null) {
            run(next.answer());
        }
    }

    private void run(Runnable work) {
        try {
            getServer().getThreadPool().execute(work);
        } catch (RejectedExecutionException stopping) {
            // Its connection is closed.
        }
    }

    /** Has the place of the one that leaves; null if nobody waits. */
    private synchronized @Nullable Waiter next(Object owner) {
        Share share = shares.get(owner);
        Waiter next = share == null ? null : share.waiting.poll();
        if (next != null) {
            waiting--;
        } else if (share != null && --share.atWork == 0) {
            shares.remove(owner);
        }
        return next;
    }
}
