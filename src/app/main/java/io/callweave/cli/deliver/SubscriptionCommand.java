package io.callweave.cli.deliver;

import io.callweave.access.AccountScope;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.deliver.manage.SubscriptionManager;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.files.LocalException;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.settings.value.Durations;
import java.time.Duration;
import java.time.InstantSource;

/** What the commands that manage subscriptions share: the manager, and how an error ends a command. */
abstract class SubscriptionCommand extends ClusterCommand {

    /** @param further settings that the command uses */
    SubscriptionCommand(Setting<?>... further) {
        super(further);
    }

    @Override
    protected final int onCluster(Settings settings) {
        try (DeliverTopicAccess topics = DeliverTopicAccess.ofCommand(settings, messages())) {
            run(
                    new SubscriptionManager(
                            topics, SecretKeys.of(settings), InstantSource.system(), AccountScope.OPERATOR),
                    topics);
            return ExitStatus.DONE;
        } catch (SubscriptionException e) {
            throw inWords(e);
        }
    }

    private RuntimeException inWords(SubscriptionException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case INVALID -> wrong(message);
            case NOT_FOUND ->
                new LocalException(
                        message.substring(0, message.length() - 1)
                                + "; \"callweave deliver subscriptions list\" prints those that there are.",
                        e);
            default -> new LocalException(message, e);
        };
    }

    /** Does the work of a command that reads further topics. */
    void run(SubscriptionManager manager, DeliverTopicAccess topics) {
        run(manager);
    }

    /** Does the work of the command. */
    abstract void run(SubscriptionManager manager);

    /** @throws RuntimeException wrong usage */
    final Duration duration(String option, String text, String example) {
        return Durations.parse(text).orElseThrow(() -> wrong(option + " must be a duration such as " + example + "."));
    }
}
