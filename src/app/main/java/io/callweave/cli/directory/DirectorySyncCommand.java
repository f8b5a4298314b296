package io.callweave.cli.directory;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.directory.DirectorySync;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.role.PrivacySettings;
import io.callweave.cli.role.RingCentralSettings;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.CompanyDirectory;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Server;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.DirectoryTopic;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code directory sync}: what RingCentral knows of extensions, to the topic {@code directory}. */
@Command(
        name = "sync",
        description = {
            "Read names, queues and sites from RingCentral, and say what has changed.",
            "What was loaded from a file stays as it is. The bridge does the same at its start, and after each change."
        },
        footer = {
            "",
            "Examples:",
            "  callweave directory sync --dry-run --bootstrap-servers=kafka-1:9092",
            "  callweave directory sync --account 809646016 --bootstrap-servers=kafka-1:9092"
        })
final class DirectorySyncCommand extends DirectoryChangeCommand {

    @Option(names = "--account", paramLabel = "ID", description = "Only this account (default: all that can sign in).")
    private @Nullable String account;

    DirectorySyncCommand() {
        super(
                KnownSettings.BRIDGE_ACCOUNTS_FILE,
                KnownSettings.RINGCENTRAL_SERVER,
                KnownSettings.RINGCENTRAL_CLIENT_ID);
    }

    @Override
    protected int onCluster(Settings settings) throws IOException {
        List<Account> listed = RingCentralSettings.checkedAccounts(settings).stream()
                .filter(each -> each.connection() != null && (account == null || account.equals(each.id())))
                .toList();
        Connection own = listed.isEmpty() ? RingCentralSettings.needOwnConnection(settings, account) : null;
        DirectoryTopic topic = DirectoryCommand.topic(settings, messages());
        Server server = RingCentralSettings.server(settings, Patience.OF_SERVERS);
        if (own != null) {
            Client client = client(server, own);
            return sync(topic, client.directory(client.accountId()), PrivacySettings.ofOthers(settings), "");
        }
        int status = ExitStatus.DONE;
        for (Account each : listed) {
            Connection connection = each.connection();
            if (connection != null) {
                CompanyDirectory directory = client(server, connection).directory(each.id());
                status = Math.max(status, sync(topic, directory, each.privacy(), each.id() + ": "));
            }
        }
        return status;
    }

    private static Client client(Server server, Connection connection) {
        return new Client(server, connection.credentials(), InstantSource.system());
    }

    /** @param name of the account, before what is said of it */
    private int sync(DirectoryTopic topic, CompanyDirectory directory, Privacy privacy, String name)
            throws IOException {
        ProgressLine progress = ProgressLine.to(messages());
        try {
            DirectorySync.Result result = new DirectorySync(topic)
                    .compare(directory, privacy, read -> progress.say(Messages.count(read, "extension") + " read"));
            progress.clear();
            apply(result.changes(), topic::writeSynced);
            say(name + Messages.count(result.listing().entries().size(), "extension") + " listed: "
                    + result.changes().added().size() + " new, "
                    + result.changes().changed().size() + " changed, "
                    + result.changes().unchanged() + " as they were, " + result.loaded() + " loaded from a file; "
                    + result.changes().deleted().size() + " deleted" + written());
            String refused = result.listing().queuesRefused();
            if (refused != null) {
                say(name + "Call queues that the directory hides have no names: " + refused);
            }
            return ExitStatus.DONE;
        } catch (RingCentralException e) {
            progress.clear();
            say(name + e.getMessage());
            return ExitStatus.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.FAILED;
        }
    }
}
