package io.callweave.runtime.http;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The TLS of this process for clients of the JDK, whose servers can choose how much it costs: it is bounded as their answers are. */
public final class BoundedContext extends SSLContext {

    private BoundedContext(SSLContext context) {
        super(new Engines(context), context.getProvider(), context.getProtocol());
    }

    /** With the certificates that the settings of the JDK trust. */
    public static SSLContext ofDefault() {
        try {
            return new BoundedContext(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("TLS cannot be used: look at the javax.net.ssl properties.", e);
        }
    }

    /** Makes engines alone: sockets would have no bound. */
    private static final class Engines extends SSLContextSpi {

        private final SSLContext context;

        private Engines(SSLContext context) {
            this.context = context;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return bounded(context.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return bounded(context.createSSLEngine(host, port));
        }

        private static SSLEngine bounded(SSLEngine engine) {
            engine.setSSLParameters(CheapHandshakes.only(engine.getSSLParameters()));
            return new BoundedEngine(engine);
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("It is that of the process.");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            // The client of the JDK gives them to its engines.
            return CheapHandshakes.only(context.getDefaultSSLParameters());
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }
}
