package io.callweave.cli.common;

import io.callweave.files.PrivateFiles;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** Files with secrets that everybody on this machine may read. */
public final class OpenSecrets {

    private static final List<Setting<Path>> FILES = List.of(
            KnownSettings.BRIDGE_ACCOUNTS_FILE,
            KnownSettings.BRIDGE_TLS_KEY_FILE,
            KnownSettings.DELIVER_KEY_FILE,
            KnownSettings.DELIVER_SECRETS_DIR,
            KnownSettings.DELIVER_API_ACCESS_FILE,
            KnownSettings.CONSOLE_ACCESS_FILE);

    private static final List<String> KAFKA_FILES = List.of(
            SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
            SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE,
            SaslConfigs.SASL_OAUTHBEARER_ASSERTION_FILE);

    /** Of Kerberos, in {@code sasl.jaas.config}: Kafka's own parser of it is no part of its API. */
    private static final Pattern KERBEROS = Pattern.compile(
            "\\b(keyTab|ticketCache)[\"']?\\s*=\\s*(?:\"(?i:FILE:)?([^\"]+)\"|'(?i:FILE:)?([^']+)'|(?i:FILE:)?([^\"'\\s;]+))");

    /** Where Kafka's clients take a token from: a server, or a file that has one. */
    private static final String TOKEN_FILE = "file:";

    /** As Kafka's providers of settings name a part of a file, or a file of a folder. */
    private static final Pattern IN_A_FILE = Pattern.compile("\\$\\{[^:}]+:([^:}]+):([^}]+)}");

    private OpenSecrets() {}

    /** A sentence for each, with the command that mends it. */
    public static Set<String> sentences(Settings settings) {
        Set<String> sentences = new TreeSet<>();
        for (Setting<Path> setting : FILES) {
            settings.find(setting).ifPresent(file -> add(setting.toString(), file, sentences));
        }
        if (settings.find(KnownSettings.BRIDGE_TLS_KEY_FILE).isEmpty()) { // the key is in it, too
            settings.find(KnownSettings.BRIDGE_TLS_CERTIFICATE)
                    .ifPresent(file -> add(KnownSettings.BRIDGE_TLS_CERTIFICATE.toString(), file, sentences));
        }
        settings.kafkaStreamsOptions().forEach((name, value) -> ofKafka(name, value.toString(), sentences));
        settings.fileWithSecrets().ifPresent(file -> add("The settings file, which has secrets,", file, sentences));
        return sentences;
    }

    private static void ofKafka(String name, String value, Set<String> sentences) {
        if (value.indexOf('\0') >= 0) { // names no file
            return;
        }
        if (KAFKA_FILES.stream().anyMatch(name::endsWith) && !value.isBlank()) {
            add("Kafka's " + name, Path.of(value), sentences);
        }
        if (name.endsWith(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL)
                && value.toLowerCase(Locale.ROOT).startsWith(TOKEN_FILE)) {
            fileOf(value).ifPresent(file -> add("Kafka's " + name, file, sentences));
        }
        KERBEROS.matcher(value).results().forEach(found -> {
            String file = Stream.of(found.group(2), found.group(3), found.group(4))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            add("The " + found.group(1) + " of Kafka's " + name, Path.of(file), sentences);
        });
        IN_A_FILE.matcher(value).results().forEach(part -> {
            Path place = Path.of(part.group(1));
            if (!Files.isDirectory(place)) {
                add("A part of Kafka's " + name, place, sentences);
            } else if (PrivateFiles.isOpen(place)) {
                add("A part of Kafka's " + name, place.resolve(part.group(2)), sentences);
            }
        });
    }

    /** Empty for what is no address of a file: Kafka's client says so. */
    private static Optional<Path> fileOf(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getPath()).map(Path::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void add(String what, Path file, Set<String> sentences) {
        sentence(what, file).ifPresent(sentences::add);
    }

    /**
     * The sentence for a file that a command is given; none if others cannot read it.
     *
     * @param what it is, such as the name of the option
     */
    public static Optional<String> sentence(String what, Path file) {
        return PrivateFiles.isOpen(file)
                ? Optional.of(what + " is " + file + ", which everybody on this machine may read: chmod o= '"
                        + file.toString().replace("'", "'\\''") + "'")
                : Optional.empty();
    }
}
