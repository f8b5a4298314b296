package io.callweave.cli;

import io.callweave.explain.Candidates;
import io.callweave.explain.Explanation;
import io.callweave.explain.Recording;
import io.callweave.local.FileNotifications;
import io.callweave.local.LocalException;
import io.callweave.local.Tally;
import io.callweave.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code explain}: why one call came out as it did. */
@Command(
        name = "explain",
        description =
                "Tell in plain words how one call came about.%nWhich notifications made it, what is missing, why each"
                        + " record went out when it did, why it is partial, and what each revision changed. As run has it, but"
                        + " without Kafka.",
        footer = {
            "",
            "Examples:",
            "  callweave explain notifications.ndjson --call s-7a6a2f9f0ba84e66b6e86e0c2d2a4a1c",
            "  callweave explain monday.ndjson tuesday.ndjson --call s-7a6a2f9f --account 809646016 --mask",
            "  gunzip -c monday.ndjson.gz | callweave explain - --call s-7a6a2f9f --completion-linger=10s"
        })
final class ExplainCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Notifications, one a line; - is the standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--call",
            required = true,
            paramLabel = "ID",
            description = "A callId, also a superseded one, or any telephonySessionId of the call.")
    private String call = "";

    @Option(names = "--account", paramLabel = "ID", description = "The account, where several have a call of this id.")
    private @Nullable String account;

    @Option(names = "--mask", description = "Hide names, and of phone numbers all but the last two digits.")
    private boolean masked;

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (call.isBlank()) {
            throw WrongUsage.of(spec, "--call is empty; give the id of a call or of a session.");
        }
        Settings settings = settingsOptions.load(System.getenv());
        Tally tally = new Tally();
        Recording recording;
        try (FileNotifications lines = new FileNotifications(files, System.in)) {
            recording = Recording.read(lines, CallSettings.maxNotificationBytes(settings), tally);
        }
        String page = Explanation.of(
                recording,
                account(recording),
                call,
                CallSettings.rules(settings),
                CallSettings.timing(settings),
                CallSettings.limits(settings),
                masked);
        try (OutputStream out = Output.stdoutOr(null)) {
            out.write(page.getBytes(StandardCharsets.UTF_8));
        }
        tally.call();
        Messages.to(spec).println("callweave: " + tally.summary("call"));
        return Callweave.DONE;
    }

    private String account(Recording recording) {
        SortedSet<String> accounts = recording.accountsThatName(call);
        if (accounts.isEmpty()) {
            List<String> candidates = Candidates.of(recording, call);
            throw new LocalException("There is no call or telephony session " + call + " in what was read"
                    + (candidates.isEmpty() ? "." : "; perhaps " + String.join(" or ", candidates) + "."));
        }
        if (account != null && !accounts.contains(account)) {
            throw new LocalException("The account " + account + " has no call or telephony session " + call
                    + "; it is of the account " + String.join(" and of ", accounts) + ".");
        }
        if (account == null && accounts.size() > 1) {
            throw new LocalException(call + " is a call of several accounts; say with --account which: "
                    + String.join(" or ", accounts) + ".");
        }
        return account != null ? account : accounts.first();
    }
}
