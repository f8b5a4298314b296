package io.callweave.cli.common;

import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.value.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command with settings: loads them, does its work, and says what came of it. */
public abstract class SettingsCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions settingsOptions;

    @Spec
    private CommandSpec spec;

    /** @param main the settings that the help shows */
    protected SettingsCommand(Setting<?>... main) {
        settingsOptions = new SettingsOptions(main);
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        Settings settings = settingsOptions.load(System.getenv());
        OpenSecrets.sentences(settings).forEach(this::say);
        return run(settings);
    }

    /** What is set without --set: for a command that shows the difference. */
    protected final Settings settingsWithoutSet() {
        return settingsOptions.loadWithoutSet(System.getenv());
    }

    /**
     * Does the work.
     *
     * @return the exit status
     */
    protected abstract int run(Settings settings) throws IOException, InterruptedException;

    protected final CommandSpec spec() {
        return spec;
    }

    /** For people: stderr. */
    protected final PrintWriter messages() {
        return Messages.to(spec);
    }

    /** Says a sentence to people. */
    protected final void say(String sentence) {
        messages().println("callweave: " + Printable.of(sentence));
    }

    /** For people and programs: stdout. */
    protected final DataLines data() {
        return Messages.dataTo(spec);
    }

    /** What to throw if options are wrong; a sentence. */
    protected final ParameterException wrong(String sentence) {
        return WrongUsage.of(spec, sentence);
    }
}
