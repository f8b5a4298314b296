package io.callweave.cli.deliver;

import io.callweave.access.AccountScope;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.TopicOptions;
import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.role.DeliverSettings;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.deliver.manage.SubscriptionManager;
import io.callweave.files.LocalException;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands that manage subscriptions share: the settings, the manager, and how an error ends a command. */
abstract class SubscriptionCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions settingsOptions;

    @Spec
    private @Nullable CommandSpec spec;

    /** @param further settings that the command uses */
    SubscriptionCommand(Setting<?>... further) {
        settingsOptions = new SettingsOptions(Stream.concat(
                        Stream.of(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX), Stream.of(further))
                .toArray(Setting<?>[]::new));
    }

    @Override
    public final Integer call() {
        Settings settings = settingsOptions.load(System.getenv());
        TopicOptions.quietenKafka();
        try (DeliverTopicAccess topics = DeliverTopicAccess.ofCommand(settings, Messages.to(spec))) {
            run(new SubscriptionManager(
                    topics, DeliverSettings.keys(settings), InstantSource.system(), AccountScope.OPERATOR));
            return ExitStatus.DONE;
        } catch (SubscriptionException e) {
            throw inWords(e);
        }
    }

    private RuntimeException inWords(SubscriptionException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case INVALID -> WrongUsage.of(spec, message);
            case NOT_FOUND ->
                new LocalException(
                        message.substring(0, message.length() - 1)
                                + "; \"callweave deliver subscriptions list\" prints those that there are.",
                        e);
            default -> new LocalException(message, e);
        };
    }

    /** Does the work of the command. */
    abstract void run(SubscriptionManager manager);

    @Nullable
    CommandSpec spec() {
        return spec;
    }

    /** Prints a sentence. */
    void say(String sentence) {
        Messages.to(spec).println("callweave: " + sentence);
    }

    /** @throws RuntimeException wrong usage */
    Duration duration(String option, String text, String example) {
        return io.callweave.settings.value.Durations.parse(text)
                .orElseThrow(() -> WrongUsage.of(spec, option + " must be a duration such as " + example + "."));
    }
}
