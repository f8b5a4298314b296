package io.callweave.runtime.http;

import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS whose other side sends no more records than TLS needs. One that sends alerts, or empty records, as fast as it can would keep
 * a thread, as would one that sends new keys; one that sends session tickets would fill the memory, since Java keeps them as long as
 * the connection.
 */
public class BoundedConnection extends SslConnection {

    /** Without a byte of a request or an answer. A handshake has ten or twenty. */
    private static final int MOST_RECORDS = 200;

    /** Of a handshake, in these. A chain of certificates has some kilobytes. */
    private static final int MOST_BYTES = 256 * 1_024;

    /** After it. A record of 16 KiB has room for 3,000 new keys, each of which costs a stranger nothing. */
    private static final int MOST_BYTES_FROM_CLIENTS = 1_024;

    /**
     * Servers send two or four session tickets. Java needs 500 bytes for one of 18, so few have room; but that of a server in Java has
     * all its certificates.
     */
    private static final int BYTES_OF_TICKETS = 2 * 1_024;

    private static final int MOST_BYTES_FROM_SERVERS = 8 * 1_024;

    private int records;
    private int bytesLeft = MOST_BYTES;
    private volatile boolean isOver;
    private volatile boolean hasFailed;

    /** Nothing was sent yet. */
    protected BoundedConnection(
            ByteBufferPool buffers, Executor executor, SslContextFactory tls, EndPoint endPoint, SSLEngine engine) {
        // The buffers are as in Jetty's factories.
        super(buffers, executor, tls, endPoint, engine, engine.getUseClientMode(), engine.getUseClientMode());
    }

    /** Whether the other side sent what is no TLS, or more than TLS needs. */
    boolean hasFailed() {
        return hasFailed;
    }

    /** Whether the handshake is over. */
    boolean isOver() {
        return isOver;
    }

    @Override
    protected SSLEngineResult unwrap(SSLEngine engine, ByteBuffer input, ByteBuffer output) throws SSLException {
        try {
            SSLEngineResult result = super.unwrap(engine, input, output);
            if (result.bytesProduced() == 0 && result.bytesConsumed() > 0) {
                records++;
                bytesLeft -= result.bytesConsumed();
                // What is wrong with a record is found after the work on it.
                if (records > MOST_RECORDS || bytesLeft < 0) {
                    throw new SSLException("Too many records of TLS.");
                }
            }
            return heeded(engine, result);
        } catch (SSLException | RuntimeException e) {
            hasFailed = true;
            throw e;
        }
    }

    @Override
    protected SSLEngineResult wrap(SSLEngine engine, ByteBuffer[] input, ByteBuffer output) throws SSLException {
        return heeded(engine, super.wrap(engine, input, output));
    }

    private SSLEngineResult heeded(SSLEngine engine, SSLEngineResult result) throws SSLException {
        if (!isOver && result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED) {
            isOver = true;
            bytesLeft = engine.getUseClientMode() ? bytesFromServer(engine) : MOST_BYTES_FROM_CLIENTS;
        }
        return result;
    }

    private static int bytesFromServer(SSLEngine engine) throws SSLException {
        int bytes = BYTES_OF_TICKETS;
        try {
            for (Certificate certificate : engine.getSession().getPeerCertificates()) {
                bytes += certificate.getEncoded().length;
            }
        } catch (CertificateEncodingException e) {
            throw new SSLException(e);
        }
        return Math.min(bytes, MOST_BYTES_FROM_SERVERS);
    }
}
