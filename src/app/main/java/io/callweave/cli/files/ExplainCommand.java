package io.callweave.cli.files;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.PeriodOptions;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.explain.Candidates;
import io.callweave.explain.Explanation;
import io.callweave.explain.RecordedLines;
import io.callweave.explain.TopicEvidence;
import io.callweave.explain.share.SharedCall;
import io.callweave.files.FileNotifications;
import io.callweave.files.KeptNotifications;
import io.callweave.files.LocalException;
import io.callweave.files.NotificationLine;
import io.callweave.files.Tally;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topology.calls.CallOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code explain}: why one call came out as it did. */
@Command(
        name = "explain",
        description =
                "Tell in plain words how one call came about.%nWhich notifications made it, what is missing, why each"
                        + " record went out when it did, why it is partial, and what each revision changed. As run has it, but"
                        + " without Kafka. Without files, also what a cluster emitted, and where it went.",
        footer = {
            "",
            "Examples:",
            "  callweave explain notifications.ndjson --call s-7a6a2f9f0ba84e66b6e86e0c2d2a4a1c",
            "  callweave explain monday.ndjson tuesday.ndjson --call s-7a6a2f9f --account 809646016 --mask",
            "  callweave explain notifications.ndjson --call s-7a6a2f9f --share call.ndjson",
            "  callweave explain --call s-7a6a2f9f --near 2026-03-02T14:30+01:00 --bootstrap-servers=kafka-1:9092",
            "  callweave explain --call s-7a6a2f9f --console http://127.0.0.1:8083 --bootstrap-servers=kafka-1:9092",
            "  gunzip -c monday.ndjson.gz | callweave explain - --call s-7a6a2f9f --completion-linger=10s"
        })
public final class ExplainCommand extends SettingsCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Notifications, one a line; - is the standard input. Without files: the topics of a cluster.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--call",
            required = true,
            paramLabel = "ID",
            description = "A callId, also a superseded one, or any telephonySessionId of the call.")
    private String call = "";

    @Option(
            names = "--near",
            paramLabel = "TIME",
            description =
                    "Without files: when the call was, to the hour or day. Without --near and --console, all records are"
                            + " looked through.")
    private @Nullable String near;

    @Option(
            names = "--console",
            paramLabel = "URL",
            description =
                    "Without files: a console whose index knows when the call was. Its access token, of all accounts,"
                            + " is in the environment variable " + ConsoleIndex.TOKEN + ".")
    private @Nullable String console;

    @Option(names = "--account", paramLabel = "ID", description = "The account, where several have a call of this id.")
    private @Nullable String account;

    @Option(names = "--mask", description = "Hide names, and of phone numbers all but the last two digits.")
    private boolean masked;

    @Option(
            names = "--share",
            paramLabel = "OUT",
            description = "Write the notifications of the call to this file instead, without names, numbers and ids:"
                    + " \"${ROOT-COMMAND-NAME} assemble OUT\" makes the same record. For bug reports.")
    private @Nullable Path share;

    public ExplainCommand() {
        super(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX);
    }

    @Override
    protected int run(Settings settings) throws IOException, InterruptedException {
        if (call.isBlank()) {
            throw wrong("--call is empty; give the id of a call or of a session.");
        }
        CallOptions options = CallOptions.of(settings);
        Map<String, @Nullable Path> outputs = new HashMap<>();
        outputs.put("--share", share);
        Output.check(files, outputs);
        if ((near != null || console != null) && !files.isEmpty()) {
            throw wrong("--near and --console are for a cluster; give no files.");
        }
        if (near != null && console != null) {
            throw wrong("Give --near or --console; either tells when the call was.");
        }
        Tally tally = new Tally();
        Map<String, byte[]> originals = new HashMap<>();
        RecordedLines.Listener listener = new RecordedLines.Listener() {
            @Override
            public void line(NotificationLine line) {
                if (share != null) {
                    originals.put(line.source(), line.value());
                }
            }
        };
        RecordedLines recording;
        String onTopics = "";
        if (files.isEmpty()) {
            ClusterCall cluster = new ClusterCall(settings, messages());
            TopicEvidence evidence = cluster.find(call, account, periods(settings));
            if (cluster.isExcluded(evidence, account)) {
                throw new LocalException("The call " + call + " is left out by privacy.exclude.");
            }
            recording = RecordedLines.read(
                    evidence.lines().iterator(), KeptNotifications.ofTopic(options.notifications()), tally, listener);
            onTopics = cluster.section(evidence);
            if (recording.lines().isEmpty() && !evidence.records().isEmpty()) {
                print(onTopics);
                throw new LocalException("The notifications of " + call + " are no longer on the topic.");
            }
        } else {
            try (FileNotifications lines = new FileNotifications(
                    files, System.in, options.notifications().maxBytes())) {
                recording = RecordedLines.read(
                        lines,
                        new KeptNotifications(options.notifications(), settings.get(KnownSettings.ARTIFACTS_INSIGHTS)),
                        tally,
                        listener);
            }
        }
        if (share != null) {
            share(settings, recording, originals, share);
            return ExitStatus.DONE;
        }
        long now = files.isEmpty() ? System.currentTimeMillis() : Long.MAX_VALUE;
        String page = Explanation.of(recording, account(recording), call, options, masked, now, () -> {})
                + (onTopics.isEmpty() ? "" : "\n" + onTopics);
        print(page);
        tally.call();
        say(tally.summary("call"));
        return ExitStatus.DONE;
    }

    private TopicEvidence.Periods periods(Settings settings) throws InterruptedException {
        if (near != null) {
            return TopicEvidence.Periods.near(PeriodOptions.time(spec(), "--near", near, settings));
        }
        TopicEvidence.Periods known =
                console == null ? null : ConsoleIndex.find(console, System.getenv(ConsoleIndex.TOKEN), call);
        if (console != null && known == null) {
            say("the console does not know " + call + ", so all records are looked through.");
        }
        return known == null ? TopicEvidence.Periods.ALL : known;
    }

    private static void print(String text) throws IOException {
        try (OutputStream out = Output.stdoutOr(null)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void share(Settings settings, RecordedLines recording, Map<String, byte[]> originals, Path file)
            throws IOException {
        String accountId = account(recording);
        List<byte[]> lines = SharedCall.of(
                recording,
                originals,
                accountId,
                call,
                CallOptions.of(settings),
                SharedHead.of(settings, accountId, spec()));
        try (OutputStream out = Output.to(file)) {
            for (byte[] line : lines) {
                out.write(line);
                out.write('\n');
            }
        }
        say(file + " has " + Messages.count(lines.size() - 1, "notification")
                + ", masked. Its first line says how to run it. Times and RingCentral's words are as they were: a status or"
                + " reason that is not known stays only if it is written like CallerInputRedirect.");
    }

    private String account(RecordedLines recording) {
        SortedSet<String> accounts = recording.accountsThatName(call);
        if (accounts.isEmpty()) {
            List<String> candidates = Candidates.of(recording, call);
            throw new LocalException("There is no call or telephony session " + call + " in what was read"
                    + (candidates.isEmpty() ? "." : "; perhaps " + String.join(" or ", candidates) + "."));
        }
        if (account != null && !accounts.contains(account)) {
            throw new LocalException("The account " + account + " has no call or telephony session " + call
                    + "; it is of the account " + String.join(" and of the account ", accounts) + ".");
        }
        if (account == null && accounts.size() > 1) {
            throw new LocalException(call + " is a call of several accounts; say which: --account "
                    + String.join(" or --account ", accounts) + ".");
        }
        return account != null ? account : accounts.first();
    }
}
