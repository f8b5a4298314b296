package io.callweave.cli.topics;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.cli.common.WrongUsage;
import io.callweave.permissions.Acls;
import io.callweave.permissions.ClientRole;
import io.callweave.permissions.KafkaAclsCommands;
import io.callweave.permissions.Permission;
import io.callweave.permissions.Permissions;
import io.callweave.permissions.StrimziUser;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Unauthorized;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code topics acls}: what a Kafka user must be allowed, without a broker. */
@Command(
        name = "acls",
        description = {
            "Print the ACLs that each role needs, and no others. It asks no broker.",
            "Names follow from topics.prefix and application.id: give the same settings as to the role."
        },
        footer = {
            "",
            "Examples:",
            "  callweave topics acls --principal=User:callweave",
            "  callweave topics acls --principal=User:bridge --role=bridge --format=kafka-acls",
            "  callweave topics acls --principal=User:streams --role=streams --format=strimzi"
        })
final class TopicsAclsCommand extends SettingsCommand {

    private static final String TEXT = "text";
    private static final String JSON = "json";
    private static final String KAFKA_ACLS = "kafka-acls";
    private static final String STRIMZI = "strimzi";
    private static final List<String> FORMATS = List.of(TEXT, JSON, KAFKA_ACLS, STRIMZI);
    private static final List<String> COLUMNS =
            List.of("role", "principal", "host", "resource", "pattern", "name", "operations", "for");
    private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z]+:[^\\p{Cntrl}*]+");
    private static final Pattern HOST = Pattern.compile("\\*|[0-9A-Fa-f.:/]{2,60}");

    /** The shell puts in where the brokers are, and how an administrator gets in. */
    private static final String CONNECTION =
            "--bootstrap-server \"$CALLWEAVE_BOOTSTRAP_SERVERS\" --command-config admin.properties";

    @Option(
            names = "--principal",
            required = true,
            paramLabel = "User:NAME",
            description = "The Kafka principal, such as User:callweave or User:CN=callweave,O=Example.")
    private String principal = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = {
                "bridge, streams, deliver, console, topics (create, check, describe) or directory (load, show, delete).",
                "Can be repeated (default: all roles)."
            })
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--host",
            paramLabel = "IP",
            description = "The address that the principal connects from; can be repeated (default: any).")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "text: a table; json: the same as an array; kafka-acls: commands for Kafka's kafka-acls.sh; strimzi:"
                            + " a KafkaUser for Strimzi's User Operator (text).")
    private String format = TEXT;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "With strimzi: the name of the Kafka resource (my-cluster).")
    private String cluster = "my-cluster";

    TopicsAclsCommand() {
        super(KnownSettings.TOPICS_PREFIX, KnownSettings.APPLICATION_ID);
    }

    @Override
    protected int run(Settings settings) {
        checkOptions();
        Permissions.checkNames(settings);
        Permissions permissions = new Permissions(
                settings.get(KnownSettings.TOPICS_PREFIX),
                settings.get(KnownSettings.APPLICATION_ID),
                TopicPlan.off(settings));
        List<String> from = hosts.isEmpty() ? List.of(Acls.ANY_HOST) : hosts;
        Set<ClientRole> chosen = chosenRoles();
        Acls acls = Acls.of(principal, from, permissions, chosen);
        switch (json ? JSON : format) {
            case JSON -> data().json(elements(permissions, chosen, from));
            case KAFKA_ACLS -> data().lines(KafkaAclsCommands.of(acls, CONNECTION));
            case STRIMZI -> {
                Messages.out(spec()).print(WrongUsage.checked(spec(), () -> StrimziUser.yaml(acls, cluster)));
                Messages.out(spec()).flush();
            }
            default -> data().table(rows(permissions, chosen, from));
        }
        return ExitStatus.DONE;
    }

    private List<List<String>> rows(Permissions permissions, Set<ClientRole> chosen, List<String> from) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS);
        for (ClientRole role : chosen) {
            for (Permission permission : permissions.of(role)) {
                rows.add(List.of(
                        role.inWords(),
                        principal,
                        String.join(",", from),
                        permission.resource().resourceType().name().toLowerCase(Locale.ROOT),
                        permission.resource().patternType().name().toLowerCase(Locale.ROOT),
                        permission.resource().name(),
                        permission.sortedOperations().stream()
                                .map(Unauthorized::inWords)
                                .collect(Collectors.joining(",")),
                        permission.purpose()));
            }
        }
        return rows;
    }

    /** The rows with the names of their columns; of several operations a list. */
    private List<Map<String, Object>> elements(Permissions permissions, Set<ClientRole> chosen, List<String> from) {
        List<List<String>> rows = rows(permissions, chosen, from);
        List<Map<String, Object>> elements = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Map<String, Object> element = new LinkedHashMap<>();
            for (int column = 0; column < row.size(); column++) {
                String name = COLUMNS.get(column);
                boolean list = name.equals("operations") || name.equals("host");
                element.put(name, list ? List.of(row.get(column).split(",")) : row.get(column));
            }
            elements.add(element);
        }
        return elements;
    }

    private void checkOptions() {
        if (!PRINCIPAL.matcher(principal).matches()) {
            throw wrong("--principal is \"" + principal + "\"; it must be a type and a name, such as User:callweave.");
        }
        if (!FORMATS.contains(format)) {
            throw WrongUsage.ofWord(spec(), "--format", format, FORMATS);
        }
        hosts.stream().filter(host -> !HOST.matcher(host).matches()).findFirst().ifPresent(host -> {
            throw wrong("--host is \"" + host + "\"; it must be an IP address, because Kafka compares no names.");
        });
    }

    private Set<ClientRole> chosenRoles() {
        Set<ClientRole> chosen = new LinkedHashSet<>();
        List<String> words =
                Arrays.stream(ClientRole.values()).map(ClientRole::inWords).toList();
        for (String name : roles) {
            chosen.add(Arrays.stream(ClientRole.values())
                    .filter(role -> role.inWords().equals(name))
                    .findFirst()
                    .orElseThrow(() -> WrongUsage.ofWord(spec(), "--role", name, words)));
        }
        return chosen.isEmpty() ? new LinkedHashSet<>(List.of(ClientRole.values())) : chosen;
    }
}
