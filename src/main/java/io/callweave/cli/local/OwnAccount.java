package io.callweave.cli.local;

import io.callweave.bridge.account.Connection;
import io.callweave.bridge.holder.Position;
import io.callweave.local.LocalException;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.gateway.Frame;
import io.callweave.ringcentral.gateway.GatewaySession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account that the credentials are of. The first start subscribes once, to learn the account and to see whether everything
 * is permitted; the bridge then goes on with this session, so that no call is lost in between.
 *
 * @param positions where the bridge goes on; empty if it has been there before
 */
record OwnAccount(String id, Map<String, Position> positions) {

    private static final String FILE = "account";
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    /**
     * Asks RingCentral.
     *
     * @param directory of the data; it remembers the account
     * @throws RingCentralException if the credentials, the permissions or the network are wrong
     */
    static OwnAccount of(Server server, Connection connection, Path directory) throws InterruptedException {
        Client client = new Client(server, connection.credentials(), InstantSource.system());
        client.signIn();
        String known = remembered(directory.resolve(FILE));
        if (known != null) {
            client.gateway(); // says what is wrong before anything starts
            return new OwnAccount(known, Map.of());
        }
        GatewaySession session =
                GatewaySession.open(server.http(), client, "", connection.filters(), notification -> {});
        try {
            String id = account(client, session.subscription());
            end(session);
            remember(directory, id);
            Position position = new Position(System.currentTimeMillis(), session.recoveryToken(), true);
            return new OwnAccount(id, Map.of(id, position));
        } finally {
            session.connection().close();
        }
    }

    private static String account(Client client, @Nullable Subscription subscription) {
        String id = subscription == null ? null : subscription.account();
        return id == null ? client.accountId() : id;
    }

    /** What comes in this moment is lost, so the moment is short. */
    private static void end(GatewaySession session) throws InterruptedException {
        session.connection().sayGoodbye();
        long end = System.nanoTime() + GOODBYE.toNanos();
        try {
            while (System.nanoTime() < end) {
                Frame unused = session.connection().poll(Duration.ofMillis(50));
            }
        } catch (RingCentralException ended) {
            // As it was asked to.
        }
    }

    private static @Nullable String remembered(Path file) {
        try {
            String id = Files.exists(file) ? Files.readString(file).strip() : "";
            return id.isEmpty() ? null : id;
        } catch (IOException e) {
            throw new LocalException("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static void remember(Path directory, String id) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(FILE), id + "\n");
        } catch (IOException e) {
            throw new LocalException("The directory " + directory + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
