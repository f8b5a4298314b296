package io.callweave.bridge.account;

import io.callweave.files.FileFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where accounts are given: a file, settings, or both.
 *
 * @param file in the form of docs/connect.md#add-an-account; null for none
 * @param inline ids, each with {@code =path} or without, with commas between them; empty for none
 * @param inlineTokens {@code id=token token}, with commas between accounts; empty for none
 */
public record AccountsSource(@Nullable Path file, String inline, String inlineTokens, AccountDefaults defaults) {

    /**
     * Reads all of them again.
     *
     * @throws AccountsException if anything is wrong
     */
    public Accounts read() {
        List<Account> accounts = new ArrayList<>(inlineAccounts());
        if (file != null) {
            accounts.addAll(parsed(file));
        }
        if (defaults.connection().isAmbiguous(accounts.size())) {
            throw new AccountsException(
                    "ringcentral.jwt is one JWT, but there are several accounts: write id=jwt for each of them.");
        }
        return Accounts.of(accounts);
    }

    /** Shows neither tokens nor paths. */
    @Override
    public String toString() {
        return "AccountsSource[" + file + "]";
    }

    private List<Account> parsed(Path file) {
        String content = content(file);
        try {
            return new AccountsText(defaults).parse(content);
        } catch (AccountsException e) {
            throw new AccountsException(
                    "bridge.accounts-file is " + file + ", and it is wrong: " + e.getMessage(), true);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new AccountsException(
                    "bridge.accounts-file is " + file + ", which is not UTF-8; save it as UTF-8.", true);
        } catch (IOException e) {
            throw new AccountsException(
                    "bridge.accounts-file is " + file + ", which cannot be read: " + FileFault.reason(file, e)
                            + "; name a file with accounts that this user may read.",
                    true);
        }
    }

    private List<Account> inlineAccounts() {
        Map<String, String> tokens = pairs(inlineTokens, "bridge.account-tokens");
        List<Account> accounts = new ArrayList<>();
        pairs(inline, "bridge.accounts")
                .forEach((id, path) -> accounts.add(new AccountsText(defaults).inline(id, path, tokens.remove(id))));
        if (!tokens.isEmpty()) {
            throw new AccountsException(
                    "bridge.account-tokens has tokens of an account that bridge.accounts does not name.");
        }
        return accounts;
    }

    /** Not quoted where it is wrong: it can be a token. */
    private static Map<String, String> pairs(String text, String setting) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.strip().split("=", 2);
            if (parts[0].isEmpty() && parts.length == 1) {
                continue;
            }
            if (pairs.put(parts[0].strip(), parts.length == 2 ? parts[1].strip() : "") != null) {
                throw new AccountsException(setting + " names an account twice.");
            }
        }
        return pairs;
    }
}
