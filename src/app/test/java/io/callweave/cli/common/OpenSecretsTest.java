package io.callweave.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSecretsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bridge.accounts-file",
                "bridge.tls-certificate",
                "bridge.tls-key-file",
                "console.access-file",
                "deliver.api-access-file",
                "deliver.key-file"
            })
    void shouldLookAtEachFileOfSecrets(String setting) throws IOException {
        Path open = file("open", "rw-r--r--");

        Settings settings = Settings.load(Map.of(setting, open.toString()), Map.of(), Optional.empty());

        assertThat(OpenSecrets.sentences(settings)).singleElement().asString().startsWith(setting + " is " + open);
    }

    @Test
    void shouldBeSaidByCommands() throws IOException {
        Path open = file("open", "rw-r--r--");
        StringWriter err = new StringWriter();

        Callweave.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute("topics", "acls", "--principal=User:a", "--console-access-file=" + open);

        assertThat(err.toString()).contains("chmod o= '" + open + "'");
    }

    @Test
    void shouldSayHowToCloseAFileOfSecretsThatOthersCanRead() throws IOException {
        Path open = file("keys", "rw-r--r--");
        Path closed = file("access", "rw-r-----");

        Settings settings = Settings.load(
                Map.of("deliver.key-file", open.toString(), "console.access-file", closed.toString()),
                Map.of(),
                Optional.empty());

        assertThat(OpenSecrets.sentences(settings)).singleElement().asString().endsWith("chmod o= '" + open + "'");
    }

    @Test
    void shouldLookAtTheFilesOfAFolderOfSecrets() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path closed = file("crm", "r--r-----");
        Settings settings = Settings.load(Map.of("deliver.secrets-dir", folder.toString()), Map.of(), Optional.empty());

        Set<String> whileClosed = OpenSecrets.sentences(settings);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r--r--r--"));

        assertThat(whileClosed).isEmpty();
        assertThat(OpenSecrets.sentences(settings)).hasSize(1);
    }

    @Test
    void shouldLookAtTheSettingsFileIfItHasSecretsAndAtAKeyBesideItsCertificate() throws IOException {
        Path harmless = Files.writeString(file("a.properties", "rw-r--r--"), "bridge.port=8081\n");
        Path secret = Files.writeString(file("b.properties", "rw-r--r--"), "bridge.account-tokens=1=hush\n");
        Path store = file("bridge.p12", "rw-r--r--");

        assertThat(OpenSecrets.sentences(Settings.load(Map.of(), Map.of(), Optional.of(harmless))))
                .isEmpty();
        assertThat(OpenSecrets.sentences(
                        Settings.load(Map.of(), Map.of("CALLWEAVE_CONFIG", secret.toString()), Optional.empty())))
                .singleElement()
                .asString()
                .endsWith("chmod o= '" + secret + "'");
        assertThat(OpenSecrets.sentences(Settings.load(
                        Map.of("bridge.tls-certificate", store.toString()), Map.of(), Optional.of(secret))))
                .hasSize(2);
    }

    @Test
    void shouldLookAtTheKeyAndThePasswordOfKafkasClients() throws IOException {
        Path open = file("client.pem", "rw-r--r--");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path password = file("password", "rw-r--r--");
        Path passwords = file("passwords", "rw-r--r--");
        Settings settings = Settings.load(
                Map.of(
                        "kafka.ssl.keystore.location",
                        open.toString(),
                        "kafka.ssl.key.password",
                        "${dir:" + folder + ":password}",
                        "streams.main.consumer.ssl.keystore.password",
                        "${file:" + passwords + ":of.store}"),
                Map.of(),
                Optional.empty());

        assertThat(OpenSecrets.sentences(settings))
                .anyMatch(each -> each.endsWith("chmod o= '" + open + "'"))
                .anyMatch(each -> each.endsWith("chmod o= '" + password + "'"))
                .anyMatch(each -> each.endsWith("chmod o= '" + passwords + "'"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "sasl.oauthbearer.assertion.private.key.file, %s",
        "sasl.oauthbearer.assertion.file, %s",
        "sasl.oauthbearer.token.endpoint.url, file://%s",
        "sasl.oauthbearer.token.endpoint.url, FILE://%s",
        "sasl.jaas.config, 'com.sun.security.auth.module.Krb5LoginModule required \"keyTab\"=\"%s\";'",
        "sasl.jaas.config, 'com.sun.security.auth.module.Krb5LoginModule required keyTab=\"FILE:%s\";'",
        "sasl.jaas.config, 'com.sun.security.auth.module.Krb5LoginModule required ticketCache=\"file:%s\";'",
        "sasl.jaas.config, 'com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true keyTab=''%s'';'",
        "sasl.jaas.config, 'com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true keyTab=\"%s\" principal=\"a\";'",
    })
    void shouldLookAtWhatKafkasClientsLogInWith(String option, String value) throws IOException {
        Path open = file("secret", "rw-r--r--");

        Settings settings = Settings.load(Map.of("kafka." + option, value.formatted(open)), Map.of(), Optional.empty());

        assertThat(OpenSecrets.sentences(settings)).singleElement().asString().endsWith("chmod o= '" + open + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:token", "file:/a b", "file:///%00", "https://example.com/token"})
    void shouldLeaveAddressesToKafkaThatAreOfNoFile(String url) {
        Settings settings =
                Settings.load(Map.of("kafka.sasl.oauthbearer.token.endpoint.url", url), Map.of(), Optional.empty());

        assertThat(OpenSecrets.sentences(settings)).isEmpty();
    }

    private Path file(String name, String mode) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
