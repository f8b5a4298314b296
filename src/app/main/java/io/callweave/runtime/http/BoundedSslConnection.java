package io.callweave.runtime.http;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A connection whose other side sends no more records than TLS needs. One that sends alerts, or empty records, as fast as it can
 * would keep a thread; one that sends session tickets would fill the memory, since Java keeps them as long as the connection.
 */
public class BoundedSslConnection extends SslConnection {

    /** Without a byte of a request or an answer. A handshake has ten or twenty. */
    private static final int MOST_RECORDS = 200;

    private int records;

    public BoundedSslConnection(
            ByteBufferPool buffers,
            Executor executor,
            SslContextFactory tls,
            EndPoint endPoint,
            SSLEngine engine,
            boolean isDirectForEncryption,
            boolean isDirectForDecryption) {
        super(buffers, executor, tls, endPoint, engine, isDirectForEncryption, isDirectForDecryption);
    }

    @Override
    protected SSLEngineResult unwrap(SSLEngine engine, ByteBuffer input, ByteBuffer output) throws SSLException {
        SSLEngineResult result = super.unwrap(engine, input, output);
        if (result.bytesConsumed() > 0 && result.bytesProduced() == 0 && ++records > MOST_RECORDS) {
            throw new SSLException("Too many records of TLS.");
        }
        return result;
    }
}
