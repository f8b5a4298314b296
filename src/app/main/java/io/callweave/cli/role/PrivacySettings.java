package io.callweave.cli.role;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.AccountsException;
import io.callweave.bridge.account.Privacy;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of personal data, out of the settings of the bridge. */
public final class PrivacySettings {

    private PrivacySettings() {}

    /** The key of the hashes; null if it is not set. */
    public static byte @Nullable [] key(Settings settings) {
        return settings.find(KnownSettings.BRIDGE_PRIVACY_KEY)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
    }

    /**
     * What the bridge would do for an account; null is one that is not known.
     *
     * @throws SettingsException if something is to be hashed, and there is no key
     */
    public static Function<@Nullable String, Privacy> byAccount(Settings settings) {
        Privacy others = ofOthers(settings);
        if (others == Privacy.HASH && key(settings) == null) {
            throw new SettingsException("bridge.privacy is hash, which needs bridge.privacy-key.");
        }
        Map<String, Privacy> known = ofAccounts(settings);
        return account -> account == null ? others : known.getOrDefault(account, others);
    }

    /** Of accounts that do not say. */
    public static Privacy ofOthers(Settings settings) {
        return Privacy.valueOf(settings.get(KnownSettings.BRIDGE_PRIVACY).name());
    }

    private static Map<String, Privacy> ofAccounts(Settings settings) {
        boolean given = settings.find(KnownSettings.BRIDGE_ACCOUNTS_FILE).isPresent()
                || !settings.get(KnownSettings.BRIDGE_ACCOUNTS).isEmpty();
        if (!given) {
            return Map.of();
        }
        try {
            return BridgeSettings.accounts(settings).read().all().stream()
                    .collect(Collectors.toUnmodifiableMap(Account::id, Account::privacy));
        } catch (AccountsException e) {
            throw new SettingsException(e.getMessage() + " See bridge.accounts-file and bridge.accounts.", e);
        }
    }
}
