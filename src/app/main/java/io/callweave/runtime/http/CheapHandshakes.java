package io.callweave.runtime.http;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * TLS without Diffie-Hellman in finite fields. The other side chooses the group, and the largest one costs a hundred times what an
 * elliptic curve does; to ask for it costs nothing. All that speak TLS 1.2 or newer know elliptic curves.
 */
public final class CheapHandshakes implements AlgorithmConstraints {

    private CheapHandshakes() {}

    /** Restricts the handshakes of a connection; returns the same parameters. */
    public static SSLParameters only(SSLParameters parameters) {
        parameters.setAlgorithmConstraints(new CheapHandshakes());
        return parameters;
    }

    /** Asked about cipher suites, such as {@code TLS_DHE_RSA_WITH_AES_128_GCM_SHA256}, and groups, such as {@code ffdhe8192}. */
    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
        return !algorithm.startsWith("TLS_DHE_") && !algorithm.startsWith("ffdhe");
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return true;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, Key key, @Nullable AlgorithmParameters parameters) {
        return true;
    }
}
