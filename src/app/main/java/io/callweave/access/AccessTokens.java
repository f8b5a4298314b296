package io.callweave.access;

import io.callweave.files.FileFault;
import io.callweave.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens of an HTTP API, each with its accounts. An entry is {@code TOKEN=ACCOUNT ACCOUNT…}; the account
 * {@code *} stands for all. Keeps digests, and never shows a token.
 */
public final class AccessTokens {

    /** RFC 6750 allows more characters; these need no quotes anywhere. 32 of them cannot be guessed. */
    private static final Pattern ENTRY =
            Pattern.compile("([A-Za-z0-9_-]{32,256})=(\\*|[A-Za-z0-9_-]{1,64}(?: +[A-Za-z0-9_-]{1,64})*)");

    private static final String MUST_BE =
            "an entry must be TOKEN=ACCOUNT ACCOUNT…, with a token of at least 32 letters, digits, hyphens or underscores,"
                    + " and * for all accounts.";

    private static final int SHOWN_DIGITS = 8;

    private final List<Entry> entries;

    private record Entry(byte[] digest, AccountScope scope) {}

    /**
     * How the settings are called that hold the tokens.
     *
     * @param listed of the list of entries
     * @param file of the file with further ones
     */
    public record Names(String listed, String file) {}

    /**
     * Somebody who showed a token.
     *
     * @param name part of the token's digest, for the log
     */
    public record Holder(String name, AccountScope scope) {}

    private AccessTokens(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads them.
     *
     * @param settings the names of the two settings, for messages
     * @param listed entries separated by commas
     * @param file one entry per line; lines that begin with # are comments
     * @throws SettingsException if one is wrong; it shows no token
     */
    public static AccessTokens of(Names settings, String listed, Optional<Path> file) {
        List<Entry> entries = new ArrayList<>();
        for (String entry : listed.split(",", -1)) {
            if (!entry.isBlank()) {
                add(entries, settings.listed() + ": ", entry);
            }
        }
        file.ifPresent(path -> lines(settings, path).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> add(entries, settings.file() + " is " + path + ": ", line)));
        return new AccessTokens(entries);
    }

    /** One that is there twice would have the accounts of its last entry only, and keep them after that is removed. */
    private static void add(List<Entry> entries, String where, String text) {
        Entry entry = entry(where, text);
        if (entries.stream().anyMatch(other -> MessageDigest.isEqual(other.digest, entry.digest))) {
            throw new SettingsException(where + "a token is there twice; write one entry with all its accounts.");
        }
        entries.add(entry);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    private static List<String> lines(Names settings, Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new SettingsException(
                    settings.file() + " is " + file + ", which cannot be read: " + FileFault.reason(file, e) + ".");
        }
    }

    private static Entry entry(String where, String text) {
        Matcher parts = ENTRY.matcher(text.strip());
        if (!parts.matches()) {
            throw new SettingsException(where + MUST_BE);
        }
        Set<String> accounts = new TreeSet<>(Arrays.asList(parts.group(2).split(" +", -1)));
        return new Entry(digest(parts.group(1)), new AccountScope(accounts));
    }

    /** Who shows a token. The time of the comparison says nothing about the tokens. */
    public Optional<Holder> find(String token) {
        byte[] digest = digest(token);
        @Nullable Entry found = null;
        for (Entry each : entries) {
            if (MessageDigest.isEqual(each.digest, digest)) {
                found = each;
            }
        }
        return Optional.ofNullable(found)
                .map(entry ->
                        new Holder(HexFormat.of().formatHex(entry.digest).substring(0, SHOWN_DIGITS), entry.scope));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public String toString() {
        return entries.size() + " tokens";
    }
}
