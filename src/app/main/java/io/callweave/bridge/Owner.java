package io.callweave.bridge;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Privacy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The account, or all accounts, of the notifications that a transport brings. */
public final class Owner {

    /** Of whichever account they name, as they are. */
    public static final Owner ANYBODY = anybody(account -> Privacy.NONE);

    private final @Nullable String only;
    private final Function<@Nullable String, Privacy> privacy;

    private Owner(@Nullable String only, Function<@Nullable String, Privacy> privacy) {
        this.only = only;
        this.privacy = privacy;
    }

    /** Of this account; those that name another are refused. */
    public static Owner of(Account account) {
        return new Owner(account.id(), named -> account.privacy());
    }

    /**
     * Of whichever account they name.
     *
     * @param privacy of an account; null is one that is not known
     */
    public static Owner anybody(Function<@Nullable String, Privacy> privacy) {
        return new Owner(null, privacy);
    }

    /** The account of one notification. */
    record Known(@Nullable String account, Privacy privacy) {

        /** Equal texts have equal hashes in here. */
        String hashScope() {
            return account == null ? "" : account;
        }
    }

    boolean admits(@Nullable String named) {
        return only == null || named == null || named.equals(only);
    }

    Known known(@Nullable String named) {
        return new Known(only == null ? named : only, privacy.apply(named));
    }
}
