package io.callweave.cli.common;

import io.callweave.export.ExportPeriod;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for a part of all calls. */
public final class PeriodOptions {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only what begins at this time or later: a date, or ISO-8601 with an offset.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only what begins before this time.")
    private @Nullable String to;

    @Option(names = "--account", paramLabel = "ID", description = "Only what belongs to this account.")
    private @Nullable String account;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** All, if neither end is given. */
    public ExportPeriod period(Settings settings) {
        ExportPeriod period = new ExportPeriod(
                time("--from", from, ExportPeriod.ALL.from(), settings),
                time("--to", to, ExportPeriod.ALL.to(), settings));
        if (period.from() >= period.to()) {
            throw WrongUsage.of(spec, "--from is " + from + " and --to is " + to + "; --from must be earlier.");
        }
        return period;
    }

    /** Null for all accounts. */
    public @Nullable String account() {
        return account;
    }

    private long time(String option, @Nullable String text, long byDefault, Settings settings) {
        return text == null ? byDefault : time(spec, option, text, settings);
    }

    /** The time that an option names, in milliseconds since the epoch. */
    public static long time(CommandSpec spec, String option, String text, Settings settings) {
        try {
            return ExportPeriod.parse(text, settings.get(KnownSettings.METRICS_TIME_ZONE));
        } catch (DateTimeException | ArithmeticException e) {
            throw WrongUsage.of(
                    spec,
                    option + " is \"" + text
                            + "\"; it must be a date, such as 2026-03-01, or a time with an offset, such as"
                            + " 2026-03-01T08:00+01:00.");
        }
    }
}
