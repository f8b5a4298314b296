package io.callweave.runtime.http;

import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * TLS whose other side sends no more records than TLS needs. One that sends alerts, or empty records, as fast as it can would keep
 * a thread, as would one that sends new keys; one that sends session tickets would fill the memory, since Java keeps them as long as
 * the connection.
 */
final class BoundedEngine extends SSLEngine {

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

    private final SSLEngine engine;
    private int records;
    private int bytesLeft = MOST_BYTES;
    private boolean isOver;
    private boolean hasFailed;

    BoundedEngine(SSLEngine engine) {
        super(engine.getPeerHost(), engine.getPeerPort());
        this.engine = engine;
    }

    /** Whether the other side sent what is no TLS, or more than TLS needs. */
    boolean hasFailed() {
        return hasFailed;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer input, ByteBuffer[] output, int offset, int length) throws SSLException {
        // What is wrong with a record is found after the work on it.
        hasFailed = true;
        SSLEngineResult result = engine.unwrap(input, output, offset, length);
        if (result.bytesProduced() == 0 && result.bytesConsumed() > 0) {
            records++;
            bytesLeft -= result.bytesConsumed();
            if (records > MOST_RECORDS || bytesLeft < 0) {
                throw new SSLException("Too many records of TLS.");
            }
        }
        hasFailed = false;
        return heeded(result);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] input, int offset, int length, ByteBuffer output) throws SSLException {
        return heeded(engine.wrap(input, offset, length, output));
    }

    private SSLEngineResult heeded(SSLEngineResult result) throws SSLException {
        if (!isOver && result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED) {
            isOver = true;
            bytesLeft = getUseClientMode() ? bytesFromServer() : MOST_BYTES_FROM_CLIENTS;
        }
        return result;
    }

    private int bytesFromServer() throws SSLException {
        int bytes = BYTES_OF_TICKETS;
        try {
            for (Certificate certificate : getSession().getPeerCertificates()) {
                bytes += certificate.getEncoded().length;
            }
        } catch (CertificateEncodingException e) {
            throw new SSLException(e);
        }
        return Math.min(bytes, MOST_BYTES_FROM_SERVERS);
    }

    @Override
    public Runnable getDelegatedTask() {
        return engine.getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
        engine.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return engine.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        engine.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return engine.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return engine.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return engine.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        engine.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return engine.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return engine.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        engine.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return engine.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return engine.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        engine.beginHandshake();
    }

    @Override
    public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
        return engine.getHandshakeStatus();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        engine.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return engine.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        engine.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return engine.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        engine.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return engine.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        engine.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return engine.getEnableSessionCreation();
    }

    /** Has the names to send and to verify. */
    @Override
    public SSLParameters getSSLParameters() {
        return engine.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        engine.setSSLParameters(parameters);
    }

    @Override
    public String getApplicationProtocol() {
        return engine.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return engine.getHandshakeApplicationProtocol();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(BiFunction<SSLEngine, List<String>, String> selector) {
        engine.setHandshakeApplicationProtocolSelector(selector);
    }

    @Override
    public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return engine.getHandshakeApplicationProtocolSelector();
    }
}
