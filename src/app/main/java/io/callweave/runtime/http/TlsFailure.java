package io.callweave.runtime.http;

import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why TLS with a server failed, for people. */
public final class TlsFailure {

    /** In the messages of Java, which has no exceptions of their own for it. */
    private static final List<String> NOTHING_IN_COMMON =
            List.of("handshake_failure", "insufficient_security", "protocol", "cipher");

    private TlsFailure() {}

    /** Such as "the TLS certificate is not accepted". */
    public static String inWords(SSLException failure) {
        if (isOfCertificate(failure)) {
            return "the TLS certificate is not accepted";
        }
        String message = String.valueOf(failure.getMessage());
        return NOTHING_IN_COMMON.stream().anyMatch(message::contains)
                ? "TLS has no protocol or cipher in common with the server"
                : "TLS failed";
    }

    /** Whether it is about the certificate of the server. */
    public static boolean isOfCertificate(Throwable failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
