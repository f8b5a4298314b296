package io.callweave.cli;

import io.callweave.schema.Schemas;
import io.callweave.settings.value.Spelling;
import io.callweave.topics.AsyncApi;
import io.callweave.topics.Topic;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code schema}: what is on the topics, for people and for programs. */
@Command(
        name = "schema",
        description = {
            "Print the JSON Schema of a topic's values or of webhooks, with descriptions and units.",
            "Without a topic: the list of the topics."
        },
        footer = {
            "",
            "Examples:",
            "  callweave schema",
            "  callweave schema calls > calls.schema.json",
            "  callweave schema calls --headers",
            "  callweave schema webhook",
            "  callweave schema --asyncapi > callweave.asyncapi.json"
        })
final class SchemaCommand implements Runnable {

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC",
            description =
                    "The topic, with or without the prefix, or webhook. Values of dead-letters are any bytes: there it is of the headers.")
    private @Nullable String topic;

    @ArgGroup
    private @Nullable Form form;

    @Spec
    private CommandSpec spec;

    /** At most one of these. */
    static final class Form {

        @Option(names = "--headers", description = "Print the schema of the topic's headers instead.")
        private boolean headers;

        @Option(names = "--asyncapi", description = "Print all topics as one AsyncAPI 3 document instead.")
        private boolean asyncApi;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text(spec, topic, form == null ? new Form() : form));
        out.flush();
    }

    private static String text(CommandSpec spec, @Nullable String name, Form form) {
        if (form.asyncApi) {
            if (name != null) {
                throw new ParameterException(spec.commandLine(), "--asyncapi is about all topics: name none.");
            }
            return Schemas.print(AsyncApi.document());
        }
        if (name == null) {
            if (form.headers) {
                throw new ParameterException(spec.commandLine(), "--headers needs a topic.");
            }
            return list();
        }
        if (name.equals(Schemas.WEBHOOK)) {
            if (form.headers) {
                throw new ParameterException(spec.commandLine(), "--headers needs a topic; webhooks are no records.");
            }
            return Schemas.print(Schemas.ofWebhook());
        }
        String topic = suffix(spec, name);
        return Schemas.print(form.headers ? Schemas.ofHeaders(topic) : Schemas.ofValue(topic));
    }

    /** People copy the name from the broker, with a prefix before it. */
    private static String suffix(CommandSpec spec, String name) {
        List<String> all = Arrays.stream(Topic.values()).map(Topic::suffix).toList();
        return all.stream()
                .filter(suffix -> name.equals(suffix) || name.endsWith("." + suffix))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no topic " + name + "; there are " + String.join(", ", all) + "."
                                + Spelling.question(name, all)));
    }

    private static String list() {
        int width = Arrays.stream(Topic.values())
                .mapToInt(each -> each.suffix().length())
                .max()
                .orElse(0);
        return Arrays.stream(Topic.values())
                .map(each -> each.suffix() + " ".repeat(width - each.suffix().length() + 2) + each.meaning() + "\n")
                .collect(Collectors.joining());
    }
}
