package io.callweave.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the process may do, wherever it runs: in images, in the chart, in Compose, and as a service of systemd. */
class PrivilegesTest {

    private static final Path UNIT = Path.of("src", "release", "systemd", "callweave@.service");
    private static final Path COMPOSE = Path.of("docker-compose.yml");
    private static final Path CHART = Path.of("helm", "callweave");
    private static final String USER = "10001";

    /** Of systemd's measure, 0 to 10; network access alone is most of a point. */
    private static final int MOST_EXPOSED = 25;

    @Test
    void shouldRunAsAnUnprivilegedUserWithoutCapabilitiesUnderSystemd() {
        Map<String, String> service = service();

        assertThat(service)
                .containsEntry("User", "callweave")
                .containsEntry("Group", "callweave")
                .containsEntry("CapabilityBoundingSet", "")
                .containsEntry("NoNewPrivileges", "yes")
                .containsEntry("ProtectSystem", "strict")
                .containsEntry("ProtectHome", "yes")
                .containsEntry("PrivateTmp", "yes")
                .containsEntry("PrivateDevices", "yes")
                .containsEntry("RestrictSUIDSGID", "yes")
                .containsEntry("UMask", "0077")
                .doesNotContainKeys("AmbientCapabilities", "PermissionsStartOnly", "DynamicUser", "ReadWritePaths");
        assertThat(service.entrySet())
                .as("with + or ! a command has all privileges")
                .noneMatch(each ->
                        each.getKey().startsWith("Exec") && each.getValue().matches("[-:@]*[+!].*"));
    }

    @Test
    void shouldBeAUnitThatSystemdUnderstandsAndFindsLittleFaultWith(@TempDir Path folder) throws Exception {
        assumeThat(Stream.of("/usr/bin/systemd-analyze", "/bin/systemd-analyze"))
                .anyMatch(each -> Files.isExecutable(Path.of(each)));
        // The program is not installed here.
        Path unit = Files.writeString(
                folder.resolve("callweave@streams.service"),
                Files.readString(UNIT).replace("ExecStart=/opt/callweave/systemd/run", "ExecStart=/bin/true"));

        assertThat(analyze("verify", "--man=no", unit.toString())).isEmpty();
        assertThat(analyze("security", "--offline=yes", "--threshold=" + MOST_EXPOSED, unit.toString()))
                .doesNotContain("is above the threshold");
    }

    private static String analyze(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("systemd-analyze", ".txt");
        try {
            Process process = new ProcessBuilder(Stream.concat(Stream.of("systemd-analyze"), Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } finally {
            Files.delete(output);
        }
    }

    /** Settings of the section Service; each is there once but for those that add up. */
    private static Map<String, String> service() {
        Map<String, String> settings = new TreeMap<>();
        String section = "";
        for (String line : Yaml.text(UNIT).lines().toList()) {
            if (line.startsWith("[")) {
                section = line;
            } else if (section.equals("[Service]") && line.contains("=") && !line.startsWith("#")) {
                String[] parts = line.split("=", 2);
                settings.put(parts[0], parts[1]);
            }
        }
        return settings;
    }

    /** Each stage that is no base of another one is an image. */
    @Test
    void shouldRunImagesAsAnUnprivilegedUser() {
        Map<String, String> users = new TreeMap<>();
        Map<String, String> bases = new TreeMap<>();
        String stage = "";
        for (String line : Yaml.text(Path.of("Dockerfile")).lines().toList()) {
            String[] words = line.strip().split("\\s+");
            if (words[0].equals("FROM")) {
                stage = words[3];
                bases.put(stage, words[1]);
                users.put(stage, users.getOrDefault(words[1], "root"));
            } else if (words[0].equals("USER")) {
                users.put(stage, words[1]);
            }
        }

        assertThat(bases).containsKeys("callweave", "callweave-tools");
        assertThat(bases.keySet())
                .filteredOn(each -> !bases.containsValue(each) && !each.equals("build"))
                .isNotEmpty()
                .allSatisfy(image -> assertThat(users.get(image)).as(image).isEqualTo(USER));
    }

    static List<String> services() {
        JsonNode services = Yaml.read(COMPOSE).path("services");
        return services.properties().stream()
                .filter(each -> of(each.getValue(), "image").asText().contains("callweave"))
                .map(Map.Entry::getKey)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldGiveAServiceOfComposeNoPrivilegesAndNothingToWrite(String name) {
        JsonNode service = Yaml.read(COMPOSE).path("services").path(name);

        assertThat(of(service, "read_only").asBoolean()).isTrue();
        assertThat(of(service, "tmpfs").asText()).isEqualTo("/tmp");
        assertThat(of(service, "cap_drop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(of(service, "security_opt").toString()).isEqualTo("[\"no-new-privileges:true\"]");
        for (String grant :
                List.of("cap_add", "privileged", "user", "devices", "network_mode", "pid", "ipc", "volumes_from")) {
            assertThat(of(service, grant).isMissingNode()).as(grant).isTrue();
        }
        assertThat(of(service, "volumes"))
                .allSatisfy(volume -> assertThat(volume.asText())
                        .as("a volume of its own")
                        .isEqualTo(name + "-data:/var/lib/callweave"));
    }

    @Test
    void shouldLookAtEachServiceOfCompose() {
        assertThat(services())
                .contains("topics", "bridge", "streams-1", "streams-2", "deliver", "console", "contact-centre");
    }

    /** Everybody can read a secret in this repository, and a web page could send it by DNS rebinding. */
    @ParameterizedTest
    @MethodSource("services")
    void shouldPublishNoSecretForAServiceOfCompose(String name) {
        JsonNode service = Yaml.read(COMPOSE).path("services").path(name);
        String command = of(service, "command").toString();

        assertThat(all(of(service, "environment")))
                .filteredOn(each -> each.getKey().matches(".*(TOKEN|SECRET|JWT).*"))
                .filteredOn(each -> !each.getKey().equals("CALLWEAVE_BRIDGE_ACCOUNT_TOKENS")) // the simulated account
                .allSatisfy(each -> assertThat(each.getValue().asText()).matches("\\$\\{[A-Z_]+:-}"));
        assertThat(command.replace("--token=for-trying-only", "")).doesNotContainPattern("(?i)token|secret|jwt");
    }

    /** Others of the same network could else read the calls of who tries it. */
    @Test
    void shouldPublishPortsOfComposeForThisMachineOnly() {
        List<String> ports = new ArrayList<>();
        Yaml.read(COMPOSE)
                .path("services")
                .forEach(service -> service.path("ports").forEach(port -> ports.add(port.asText())));

        assertThat(ports).isNotEmpty().allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    /** With those of what it takes over. */
    private static List<Map.Entry<String, JsonNode>> all(JsonNode settings) {
        return settings.properties().stream()
                .flatMap(each -> each.getKey().equals("<<") ? all(each.getValue()).stream() : Stream.of(each))
                .toList();
    }

    /** A setting of a service, or of what it takes over by {@code <<}. */
    private static JsonNode of(JsonNode service, String setting) {
        return service.has(setting)
                ? service.get(setting)
                : service.has("<<") ? of(service.get("<<"), setting) : MissingNode.getInstance();
    }

    @Test
    void shouldGivePodsOfTheChartNoPrivilegesAndNothingToWrite() {
        JsonNode values = Yaml.read(CHART.resolve("values.yaml"));
        JsonNode pod = values.path("podSecurityContext");
        JsonNode container = values.path("securityContext");

        assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("runAsUser").asText()).isEqualTo(USER);
        assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(container.at("/capabilities/add").isMissingNode()).isTrue();
    }

    /** Every pod of the chart uses these templates. */
    @Test
    void shouldGiveTheseToEachPodAndContainerOfTheChart() throws IOException {
        String basics = Yaml.text(CHART.resolve("templates").resolve("_pod.tpl"));
        assertThat(basics)
                .containsPattern("(?s)define \"callweave\\.podBasics\".*automountServiceAccountToken: false.*"
                        + "securityContext:\\s+\\{\\{- toYaml \\.values\\.podSecurityContext")
                .containsPattern("(?s)define \"callweave\\.container\".*"
                        + "securityContext:\\s+\\{\\{- toYaml \\.values\\.securityContext");
        List<String> templates = templates();
        assertThat(templates)
                .as("nothing of the node")
                .noneMatch(text -> text.matches("(?s).*\\b(hostPath|hostPID|hostIPC|hostNetwork|hostPort)\\b.*"));
        assertThat(templates)
                .filteredOn(text -> text.contains("containers:"))
                .hasSizeGreaterThan(1)
                .allSatisfy(text -> {
                    assertThat(text).contains("include \"callweave.podBasics\"");
                    assertThat(count(text, "- name: [^\n]+\\s+\\{\\{- include \"callweave\\.container\""))
                            .isEqualTo(count(text, "(?m)^\\s*(initC|c)ontainers:$"));
                });
    }

    private static List<String> templates() throws IOException {
        try (Stream<Path> files = Files.list(CHART.resolve("templates"))) {
            return files.map(Yaml::text).toList();
        }
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
