package io.callweave.bridge.webhook;

import io.callweave.bridge.account.FileChanges;
import io.callweave.runtime.http.CheapHandshakes;
import io.callweave.runtime.startup.OperationsException;
import java.security.KeyStore;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate of the endpoint, as it is in its files. TLS from 1.2 on. */
final class TlsContext {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

    private final TlsFiles files;
    private final FileChanges changes;
    private final SslContextFactory.Server context = new SslContextFactory.Server() {
        @Override
        public SSLParameters customize(SSLParameters parameters) {
            return CheapHandshakes.only(super.customize(parameters));
        }
    };

    /** @throws OperationsException if the files cannot be used; one sentence */
    TlsContext(TlsFiles files) {
        this.files = files;
        changes = new FileChanges(files.files());
        context.setKeyStore(files.read());
        context.setKeyStorePassword(files.storePassword());
        context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    }

    SslContextFactory.Server factory() {
        return context;
    }

    /**
     * Reads the certificate again if it has changed; new connections use it.
     *
     * @return false if it has, and cannot be used: the one from before stays
     */
    boolean reread() {
        if (!changes.seen()) {
            return true;
        }
        try {
            KeyStore store = files.read();
            context.reload(reloaded -> reloaded.setKeyStore(store));
        } catch (Exception wrong) { // SslContextFactory#reload declares it
            LOG.atError()
                    .setMessage("The certificate has changed and cannot be used; the one from before stays in force.")
                    .addKeyValue("wrong", wrong.getMessage())
                    .log();
            return false;
        }
        LOG.atInfo().setMessage("The certificate was read again.").log();
        return true;
    }
}
