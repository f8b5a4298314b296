package io.callweave.runtime.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Clients of servers that others choose. They follow no redirection, which could carry a token elsewhere, keep no cookies, and ask
 * for no compression. Who uses one bounds what runs at the same time; endpoints of one host do not wait for each other.
 */
public final class OutgoingHttp {

    private static final int MOST_CONNECTIONS = 1 << 16;

    /** Of an answer. Without a limit, a server could send headers until its time is over, and fill the memory. */
    private static final int MOST_HEADER_BYTES = 16 << 10;

    /** Of three bytes, each takes a hundred. */
    private static final int MOST_FIELDS = 100;

    /** Others could name ever other hosts and ports, and each is kept until then. */
    private static final Duration IDLE_DESTINATION = Duration.ofMinutes(1);

    private OutgoingHttp() {}

    /** Threads that do not keep a process. */
    public static QueuedThreadPool daemons(int most, String name) {
        QueuedThreadPool pool = new QueuedThreadPool(most);
        pool.setName(name);
        pool.setDaemon(true);
        return pool;
    }

    /**
     * Starts one with the certificates and the proxies that the settings of the JDK say.
     *
     * @throws IllegalStateException if it does not start
     */
    public static HttpClient startAsJdk(
            BoundedTls connector,
            Executor threads,
            Scheduler timeouts,
            SocketAddressResolver names,
            Duration connectTimeout,
            Duration idle,
            ProtocolHandler answers) {
        try {
            connector.setSelectors(1);
            connector.getSslContextFactory().setSslContext(SSLContext.getDefault());
            return start(connector, threads, timeouts, names, connectTimeout, idle, answers, new SystemProxies());
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client does not start: look at the javax.net.ssl properties.", e);
        }
    }

    /**
     * Starts one.
     *
     * @param idle how long a connection is kept without a request
     * @param answers takes those that need something; there is no redirection or authentication
     * @throws Exception as the client of Jetty does
     */
    public static HttpClient start(
            BoundedTls connector,
            Executor threads,
            Scheduler timeouts,
            SocketAddressResolver names,
            Duration connectTimeout,
            Duration idle,
            ProtocolHandler answers,
            ProxyConfiguration proxies)
            throws Exception {
        HttpClient client = new ThroughProxies(new ShortIdle(connector, idle), proxies);
        client.setExecutor(threads);
        client.setScheduler(timeouts);
        client.setSocketAddressResolver(names);
        client.setFollowRedirects(false);
        client.setConnectTimeout(connectTimeout.toMillis());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Callweave"));
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(MOST_CONNECTIONS);
        client.setDestinationIdleTimeout(IDLE_DESTINATION.toMillis());
        client.setMaxResponseHeadersSize(MOST_HEADER_BYTES);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setIdleTimeout(connectTimeout.toMillis());
        client.getRequestListeners().addQueuedListener(request -> {
            int[] fields = {0};
            request.onResponseHeader((answer, field) -> {
                if (++fields[0] > MOST_FIELDS) {
                    var unused = answer.abort(new LongAnswerException());
                }
                return true;
            });
        });
        client.start();
        client.getProtocolHandlers().clear();
        client.getProtocolHandlers().put(answers);
        client.getContentDecoderFactories().clear();
        return client;
    }

    @SuppressWarnings("try") // Jetty's close() may be interrupted.
    private static final class ThroughProxies extends HttpClient {

        private final ProxyConfiguration proxies;

        private ThroughProxies(ShortIdle transport, ProxyConfiguration proxies) {
            super(transport);
            this.proxies = proxies;
        }

        @Override
        public ProxyConfiguration getProxyConfiguration() {
            return proxies;
        }
    }

    /** On a busy machine, a connection can be made and its classes be loaded for longer than it may be idle later. */
    private static final class ShortIdle extends HttpClientTransportOverHTTP {

        private final Duration idle;

        private ShortIdle(BoundedTls connector, Duration idle) {
            super(connector);
            this.idle = idle;
        }

        @Override
        public Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
            Connection connection = super.newConnection(endPoint, context);
            endPoint.setIdleTimeout(idle.toMillis());
            return connection;
        }
    }
}
