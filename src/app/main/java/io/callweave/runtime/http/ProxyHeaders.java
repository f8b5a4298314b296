package io.callweave.runtime.http;

import java.net.InetSocketAddress;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;

/** Reads the header of the PROXY protocol where there is one, of trusted proxies only: anybody else could claim any address. */
final class ProxyHeaders extends ProxyConnectionFactory {

    private final HttpLimits.OfAddress limit;

    ProxyHeaders(HttpLimits.OfAddress limit) {
        this.limit = limit;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
                        && limit.isProxy(remote.getAddress())
                ? super.newConnection(connector, endPoint)
                : connector.getConnectionFactory(findNextProtocol(connector)).newConnection(connector, endPoint);
    }
}
