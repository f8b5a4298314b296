package io.callweave.cli;

import io.callweave.call.Assembly;
import io.callweave.call.CallRecord;
import io.callweave.call.PartyEvent;
import io.callweave.local.DeadLetterLines;
import io.callweave.local.FileNotifications;
import io.callweave.local.NotificationLine;
import io.callweave.local.Tally;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.Reading;
import io.callweave.notification.Rejection;
import io.callweave.record.CallRecordJson;
import io.callweave.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code assemble}: files to final call records with the core alone. */
@Command(
        name = "assemble",
        description = {
            "Turn files of notifications into final call records, without Kafka.",
            "Prints one call a line, ordered by startTime, callId and accountId."
        },
        footer = {
            "",
            "Examples:",
            "  callweave assemble notifications.ndjson > calls.ndjson",
            "  gunzip -c monday.ndjson.gz | callweave assemble --dead-letters bad.ndjson -"
        })
final class AssembleCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Notifications, one a line; - is the standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--dead-letters",
            paramLabel = "OUT",
            description =
                    "Write what cannot be used to this file: {reason, source, detail, value or valueBase64} a line.")
    private @Nullable Path deadLetters;

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = settingsOptions.load(System.getenv());
        FileNotifications.check(files);
        Map<String, @Nullable Path> outputs = new HashMap<>();
        outputs.put("--dead-letters", deadLetters);
        Output.check(files, outputs);
        Tally tally = new Tally();
        Assembly assembly = read(new NotificationReader(CallSettings.maxNotificationBytes(settings)), tally);
        try (OutputStream out = Output.stdoutOr(null)) {
            for (CallRecord call : assembly.records(CallSettings.rules(settings))) {
                out.write(CallRecordJson.write(call, 1));
                out.write('\n');
                tally.call();
            }
        }
        Messages.to(spec).println("callweave: " + tally.summary("call"));
        return Callweave.DONE;
    }

    private Assembly read(NotificationReader reader, Tally tally) throws IOException {
        Assembly assembly = new Assembly();
        try (FileNotifications lines = new FileNotifications(files, System.in);
                DeadLetterLines rejected = new DeadLetterLines(
                        deadLetters == null ? OutputStream.nullOutputStream() : Output.to(deadLetters))) {
            while (lines.hasNext()) {
                NotificationLine line = lines.next();
                tally.line();
                Reading reading = reader.read(line.value());
                if (reading instanceof Reading.Skipped skipped) {
                    tally.skipped(skipped.kind().wireName(), 1);
                }
                for (PartyEvent event : reading.events()) {
                    assembly.add(event);
                }
                Rejection rejection = reading.rejection();
                if (rejection != null) {
                    String reason = rejection.reason().wireName();
                    tally.bad(reason);
                    rejected.write(reason, line.source(), rejection.detail(), line.value());
                }
            }
        }
        return assembly;
    }
}
