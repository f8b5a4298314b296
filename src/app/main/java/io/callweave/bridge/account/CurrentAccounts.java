package io.callweave.bridge.account;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts in force. They change while the bridge runs; what is wrong changes nothing. */
public final class CurrentAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentAccounts.class);

    private final AccountsSource source;
    private final FileChanges changes;
    private volatile Accounts accounts;

    /** @throws AccountsException if they cannot be read; a start with wrong accounts is none */
    public CurrentAccounts(AccountsSource source) {
        this.source = source;
        changes = new FileChanges(source.file() == null ? List.of() : List.of(source.file()));
        accounts = source.read();
        warnOfOpenOnes();
    }

    public Accounts get() {
        return accounts;
    }

    /**
     * Reads the file again if it has changed.
     *
     * @return false if it has, and is wrong: the accounts from before stay
     */
    public boolean reread() {
        if (!changes.seen()) {
            return true;
        }
        try {
            accounts = source.read();
        } catch (AccountsException e) {
            LOG.atError()
                    .setMessage("The accounts have changed and are wrong; those from before stay in force.")
                    .addKeyValue("wrong", e.getMessage())
                    .log();
            return false;
        }
        LOG.atInfo()
                .setMessage("The accounts were read again.")
                .addKeyValue("accounts", accounts.all().size())
                .log();
        warnOfOpenOnes();
        return true;
    }

    private void warnOfOpenOnes() {
        for (Account account : accounts.all()) {
            if (!account.tokens().required() && !account.isFetched()) {
                LOG.atWarn()
                        .setMessage("An account has no verification token: who knows its path can send notifications.")
                        .addKeyValue("account", account.id())
                        .log();
            }
        }
    }
}
