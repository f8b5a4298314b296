package io.callweave.cli.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.PeriodOptions;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.explain.RecordedLines;
import io.callweave.explain.Revisions;
import io.callweave.explain.replay.StageReplay;
import io.callweave.export.ExportPeriod;
import io.callweave.files.FileNotifications;
import io.callweave.files.KeptNotifications;
import io.callweave.files.Tally;
import io.callweave.files.TemporaryDirectory;
import io.callweave.files.WrongInput;
import io.callweave.notification.NotificationKeyer;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topology.calls.CallOptions;
import io.callweave.value.JsonLimits;
import io.callweave.whatif.Comparison;
import io.callweave.whatif.Comparison.Side;
import io.callweave.whatif.Comparison.Sums;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code whatif}: which calls would be different with other settings, or with another version. */
@Command(
        name = "whatif",
        description = {
            "Make calls of the same notifications in two ways, and show the difference.",
            "Before: this version and its settings. After: with what --set says, or with the version of --jar. Each call"
                    + " that differs is a line of JSON on stdout. Reads only. Exit status 1: calls differ."
        },
        footer = {
            "",
            "Examples:",
            "  callweave whatif monday.ndjson --set completion.linger=10s",
            "  callweave whatif monday.ndjson --jar ../callweave-0.2.0/callweave.jar",
            "  callweave whatif --from 2026-03-02 --to 2026-03-03 --set completion.sequence-gaps=ignore"
                    + " --bootstrap-servers=kafka-1:9092"
        })
public final class WhatIfCommand extends SettingsCommand {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Notifications, one a line. Without files: those of a cluster.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--jar",
            paramLabel = "JAR",
            description = "The callweave.jar of another version, which must lie in its own folder with its lib.")
    private @Nullable Path jar;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    public WhatIfCommand() {
        super(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX);
    }

    @Override
    protected int run(Settings settings) throws IOException, InterruptedException {
        Settings before = settingsWithoutSet();
        if (jar == null && before.effective().equals(settings.effective())) {
            throw wrong("Say what is different: --set NAME=VALUE, or --jar with another version.");
        }
        ExportPeriod asked = period.period(settings);
        if (!files.isEmpty() && (period.account() != null || !asked.equals(ExportPeriod.ALL))) {
            throw wrong("--from, --to and --account are for a cluster; give no files.");
        }
        if (jar != null) {
            FileNotifications.check(List.of(jar.toString()));
        }
        ProgressLine line = ProgressLine.to(messages());
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-whatif-");
                Comparison comparison = new Comparison(settings.get(KnownSettings.PRIVACY_EXCLUDE));
                OutputStream out = Output.stdoutOr(null)) {
            Path copy = directory.path().resolve("notifications.ndjson");
            if (files.isEmpty()) {
                copy(settings, asked, copy, line);
            } else if (files.contains(FileNotifications.STDIN)) {
                Files.copy(System.in, copy);
            }
            List<String> inputs = files.isEmpty()
                    ? List.of(copy.toString())
                    : files.stream()
                            .map(file -> file.equals(FileNotifications.STDIN) ? copy.toString() : file)
                            .toList();
            make(before, inputs, Side.BEFORE, comparison, line);
            if (jar == null) {
                make(settings, inputs, Side.AFTER, comparison, line);
            } else {
                makeWith(jar, settings, inputs, comparison, line);
            }
            comparison.compare(difference -> {
                out.write(difference.toString().getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            });
            line.clear();
            tell(comparison);
            return comparison.different() == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
        } finally {
            line.clear();
        }
    }

    /** The notifications of a cluster that were received in a period, as a file: both ways read them. */
    private void copy(Settings settings, ExportPeriod asked, Path file, ProgressLine line) throws IOException {
        ClusterCommand.quietenKafka();
        String topic = Topic.NOTIFICATIONS.name(settings.get(KnownSettings.TOPICS_PREFIX));
        ClusterSettings.needTopics(settings, List.of(topic), messages());
        NotificationKeyer keyer =
                new NotificationKeyer(CallOptions.of(settings).notifications().maxBytes());
        try (OutputStream out = Output.to(file)) {
            new TopicReader(settings.kafkaClientOptions(), PATIENCE)
                    .<IOException>readMerged(topic, asked.from(), asked.to(), read -> {
                        if (read.value() == null) {
                            return;
                        }
                        String named = keyer.key(read.value()).account();
                        String account = named != null ? named : Headers.text(read.headers(), Headers.ACCOUNT);
                        if (period.account() == null || period.account().equals(account)) {
                            line.count("notifications read");
                            out.write(oneLine(read.value(), named == null ? account : null));
                            out.write('\n');
                        }
                    });
        }
    }

    /** The notification without line ends, and with the account that only its header names, if there is one. */
    private static byte[] oneLine(byte[] value, @Nullable String account) {
        byte[] line = value.clone();
        for (int i = 0; i < line.length; i++) {
            // No text of JSON has either as it is, so what is JSON stays the same, and what is none stays none.
            line[i] = line[i] == '\n' ? (byte) '\t' : line[i];
        }
        if (account == null || account.isEmpty()) {
            return line;
        }
        try {
            JsonNode notification = JsonLimits.tree(line);
            for (JsonNode body : notification.findValues("body")) {
                if (body instanceof ObjectNode members) {
                    members.put("accountId", account);
                }
            }
            return notification.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException noJson) {
            return line;
        }
    }

    private void make(Settings settings, List<String> inputs, Side side, Comparison comparison, ProgressLine line)
            throws IOException {
        CallOptions options = CallOptions.of(settings);
        Tally tally = new Tally();
        StageReplay replay = new StageReplay(
                options,
                (rejection, source, value) -> tally.bad(rejection.reason().wireName()));
        Revisions revisions = new Revisions(replay, json -> {
            line.count("records made");
            tally.call();
            comparison.add(side, json);
        });
        try (FileNotifications lines =
                new FileNotifications(inputs, System.in, options.notifications().maxBytes())) {
            RecordedLines.<IOException>each(
                    lines,
                    new KeptNotifications(options.notifications(), settings.get(KnownSettings.ARTIFACTS_INSIGHTS)),
                    tally,
                    new RecordedLines.Listener() {},
                    revisions::line);
        }
        revisions.end();
        line.clear();
        say((side == Side.BEFORE ? "before: " : "after: ") + tally.summary("call record"));
    }

    /** In a process of its own: its classes have the same names. */
    private static void makeWith(
            Path jar, Settings settings, List<String> inputs, Comparison comparison, ProgressLine line)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "assemble",
                "--revisions"));
        SharedHead.given(settings).forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        command.addAll(inputs);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader records = process.inputReader(StandardCharsets.UTF_8)) {
            for (String json = records.readLine(); json != null; json = records.readLine()) {
                line.count("records made");
                comparison.add(Side.AFTER, json.getBytes(StandardCharsets.UTF_8));
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new WrongInput(jar + " ended with the exit status " + status + "; what it said is above.");
            }
        } finally {
            process.destroy();
        }
    }

    private void tell(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "before", "after", "difference"));
        for (int i = 0; i < Sums.names().size(); i++) {
            long before = comparison.sums(Side.BEFORE).values().get(i);
            long after = comparison.sums(Side.AFTER).values().get(i);
            rows.add(List.of(
                    Sums.names().get(i), Long.toString(before), Long.toString(after), Long.toString(after - before)));
        }
        rows.forEach(row ->
                messages().println("%-12s %15s %15s %15s".formatted(row.get(0), row.get(1), row.get(2), row.get(3))));
        say(Messages.count(comparison.different(), "call") + (comparison.different() == 1 ? " differs, " : " differ, ")
                + comparison.onlyInRevisions()
                + " of them only in the number of records that were emitted.");
        if (comparison.hidden() > 0) {
            say(comparison.hidden() + " of them not shown because of privacy.exclude.");
        }
    }
}
