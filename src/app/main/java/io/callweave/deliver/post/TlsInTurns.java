package io.callweave.deliver.post;

import io.callweave.runtime.http.BoundedConnection;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS to endpoints, for which the accounts take turns. It costs much more than a post does, and the endpoint says how often: it can
 * end each connection after its answer.
 */
final class TlsInTurns extends SslClientConnectionFactory {

    private final AccountTurns turns;

    /** @param next speaks inside of TLS; the tag of its destination is the account */
    TlsInTurns(
            SslContextFactory.Client tls,
            ByteBufferPool buffers,
            Executor executor,
            ClientConnectionFactory next,
            AccountTurns turns) {
        super(tls, buffers, executor, next);
        this.turns = turns;
    }

    @Override
    public Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
        Connection connection = super.newConnection(endPoint, context);
        Destination to = (Destination) Objects.requireNonNull(context.get(Destination.CONTEXT_KEY));
        ((OfAccount) connection).inTurn.account = String.valueOf(to.getOrigin().getTag());
        return connection;
    }

    @Override
    protected SslConnection newSslConnection(EndPoint endPoint, SSLEngine engine) {
        return new OfAccount(endPoint, engine, new InTurn());
    }

    /** For the handshake too: it begins when a connection is opened, and parts of it come with what is written. */
    private final class InTurn implements Executor {

        /** Before it is opened. */
        private volatile String account = "";

        @Override
        public void execute(Runnable work) {
            turns.execute(account, work);
        }
    }

    private final class OfAccount extends BoundedConnection {

        private final InTurn inTurn;

        private OfAccount(EndPoint endPoint, SSLEngine engine, InTurn inTurn) {
            super(getByteBufferPool(), inTurn, getSslContextFactory(), endPoint, engine);
            this.inTurn = inTurn;
        }

        @Override
        public void onOpen() {
            inTurn.execute(super::onOpen);
        }

        @Override
        public void onFillable() {
            inTurn.execute(super::onFillable);
        }
    }
}
