package io.callweave.runtime.http;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Connections to servers that can choose how much their TLS costs: it is bounded as their answers are. */
public class BoundedTls extends ClientConnector {

    public BoundedTls() {
        setSslContextFactory(new SslContextFactory.Client() {
            @Override
            public SSLParameters customize(SSLParameters parameters) {
                return CheapHandshakes.only(super.customize(parameters));
            }

            @Override
            public SSLEngine newSSLEngine(String host, int port) {
                return new BoundedEngine(super.newSSLEngine(host, port));
            }
        });
    }
}
