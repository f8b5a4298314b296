package io.callweave.runtime.http;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.http.HttpScheme;
import org.jspecify.annotations.Nullable;

/** The proxies of the JDK's settings, as the JDK's client uses them. None is asked for the way to itself. */
final class SystemProxies extends ProxyConfiguration {

    @Override
    public @Nullable Proxy match(Origin origin) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return null;
        }
        List<java.net.Proxy> found =
                selector.select(URI.create((origin.isSecure() ? "https://" : "http://") + origin.getAddress()));
        return !found.isEmpty()
                        && found.get(0).type() == java.net.Proxy.Type.HTTP
                        && found.get(0).address() instanceof InetSocketAddress address
                        && !origin.getAddress().equals(new Origin.Address(address.getHostString(), address.getPort()))
                ? new Tunnel(address)
                : null;
    }

    private static final class Tunnel extends HttpProxy {

        Tunnel(InetSocketAddress address) {
            super(address.getHostString(), address.getPort());
        }

        /** For WebSockets, too. */
        @Override
        public boolean requiresTunnel(Origin origin) {
            return !HttpScheme.HTTP.is(origin.getScheme());
        }
    }
}
