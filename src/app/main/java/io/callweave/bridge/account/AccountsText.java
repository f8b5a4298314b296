package io.callweave.bridge.account;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Accounts as an operator writes them, in Java's properties format: {@code account.809646016.path=/webhooks/a},
 * {@code .tokens}, {@code .privacy}, {@code .rate}, and what {@link ConnectionText} reads. All but the id can be left out; {@code account.809646016=} alone names one.
 */
final class AccountsText {

    private static final Pattern NAME = Pattern.compile("account\\.([^.]+)(?:\\.([a-z-]+))?");
    private static final Set<String> MEMBERS = Set.of("path", "tokens", "privacy", "rate");
    private static final int HIGHEST_RATE = 1_000_000;

    private final AccountDefaults defaults;

    AccountsText(AccountDefaults defaults) {
        this.defaults = defaults;
    }

    /** @throws AccountsException if something is wrong or unknown; it shows no values but privacy: a token on a line of its own reads as a name */
    List<Account> parse(String text) {
        Properties properties = new OnceEach();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new AccountsException(
                    "it is not in Java's properties format, such as account.809646016.tokens=secret.");
        }
        TreeMap<String, Properties> byId = new TreeMap<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            Matcher parts = NAME.matcher(name);
            if (!parts.matches() || (parts.group(2) != null && !isMember(parts.group(2)))) {
                throw new AccountsException((name.startsWith("account")
                                ? "\"" + name + "\""
                                : "A line of the accounts that does not begin with account.")
                        + " is unknown; there are account.ID and account.ID with " + ConnectionText.membersInWords()
                        + ".");
            }
            Properties account = byId.computeIfAbsent(parts.group(1), id -> new Properties());
            if (parts.group(2) != null) {
                account.setProperty(
                        parts.group(2), properties.getProperty(name, "").strip());
            }
        }
        return byId.entrySet().stream()
                .map(entry -> account(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static boolean isMember(String name) {
        return MEMBERS.contains(name) || ConnectionText.MEMBERS.contains(name);
    }

    /** Separated by commas or spaces. */
    static List<String> tokens(String text) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    /** An account out of the settings: what is not said there has its default. */
    Account inline(String id, String path, @Nullable String tokens) {
        Properties members = new Properties();
        if (!path.isEmpty()) {
            members.setProperty("path", path);
        }
        members.setProperty("tokens", tokens == null ? "" : tokens);
        return account(id, members);
    }

    /** A second line would quietly replace the first, and with it a token that is still in use. */
    private static final class OnceEach extends Properties {

        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Object put(Object name, Object value) {
            Object before = super.put(name, value);
            if (before != null) {
                throw new AccountsException(
                        name.toString().startsWith("account.")
                                ? "\"" + name + "\" is there twice."
                                : "A line of the accounts is there twice, and unknown.");
            }
            return before;
        }
    }

    private Account account(String id, Properties members) {
        List<String> tokens = tokens(members.getProperty("tokens", ""));
        return new Account(
                id,
                members.getProperty("path", Account.defaultPath(id)),
                new VerificationTokens(tokens),
                privacy(id, members.getProperty("privacy")),
                rate(id, members.getProperty("rate")),
                new ConnectionText(defaults.connection()).of(id, members, tokens));
    }

    private Privacy privacy(String id, @Nullable String text) {
        Privacy privacy = text == null
                ? defaults.privacy()
                : Arrays.stream(Privacy.values())
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new AccountsException(
                                "account." + id + ".privacy is \"" + text + "\", but must be none, mask or hash."));
        if (privacy == Privacy.HASH && !defaults.keyed()) {
            throw new AccountsException(
                    "The account " + id + " is to be hashed, but there is no key (bridge.privacy-key).");
        }
        return privacy;
    }

    private int rate(String id, @Nullable String text) {
        if (text == null) {
            return defaults.ratePerSecond();
        }
        int rate = text.matches("\\d{1,7}") ? Integer.parseInt(text) : 0;
        if (rate < 1 || rate > HIGHEST_RATE) {
            throw new AccountsException(
                    "account." + id + ".rate must be a whole number from 1 to " + HIGHEST_RATE + ".");
        }
        return rate;
    }
}
