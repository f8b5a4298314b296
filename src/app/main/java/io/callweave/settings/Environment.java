package io.callweave.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings from environment variables. {@code completion.peer-wait} is {@code CALLWEAVE_COMPLETION_PEER_WAIT}. Kafka's
 * own options are not listed here, so a rule maps them back: an underscore becomes a dot, and two underscores become
 * one; {@code CALLWEAVE_KAFKA_SECURITY_PROTOCOL} is {@code kafka.security.protocol}.
 */
final class Environment {

    static final String PREFIX = "CALLWEAVE_";
    static final String FILE = PREFIX + "CONFIG";

    /** Read by the launcher and the logging, or before there are settings. */
    private static final Set<String> RESERVED =
            Set.of(FILE, PREFIX + "JAVA_OPTS", PREFIX + "LOG_LEVEL", PREFIX + "LOG_FORMAT");

    /**
     * Kubernetes gives every pod variables for every service of its namespace. Those of a service named callweave-kafka
     * start with {@code CALLWEAVE_KAFKA_}. See "Discovering services, Environment variables" in its documentation.
     */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            PREFIX
                    + "(\\w+_)?(SERVICE_HOST=|SERVICE_PORT(_\\w+)?=|PORT(_\\d+_\\w+)?=(tcp|udp|sctp)://|PORT_\\d+_\\w+_(ADDR|PORT|PROTO)=).*");

    private Environment() {}

    static List<Given> read(Map<String, String> environment) {
        List<Given> given = new ArrayList<>();
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (variable.startsWith(PREFIX)
                    && !RESERVED.contains(variable)
                    && !SERVICE_LINK.matcher(variable + "=" + text).matches()) {
                read(variable, text).ifPresent(given::add);
            }
        });
        return given;
    }

    /** An empty variable counts as absent: compose files and scripts pass one for a value that is not set. */
    private static Optional<Given> read(String variable, String text) {
        String from = "from the environment variable " + variable;
        Optional<? extends Setting<?>> known = KnownSettings.all().stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
        if (known.isPresent()) {
            return known.filter(setting -> !text.isEmpty())
                    .map(setting -> new Given(setting.name(), text, Source.ENVIRONMENT, from));
        }
        String name = passThroughName(variable);
        if (PassThrough.of(name).isEmpty()) {
            throw Names.unknown(
                    variable,
                    "from the environment",
                    KnownSettings.all().stream().map(Setting::variable).toList());
        }
        return Optional.of(new Given(name, text, Source.ENVIRONMENT, from));
    }

    private static String passThroughName(String variable) {
        return variable.substring(PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_');
    }
}
