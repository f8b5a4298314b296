package io.callweave.cli.local;

import io.callweave.bridge.account.Connection;
import io.callweave.files.LocalException;
import io.callweave.files.PrivateFiles;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Server;
import io.callweave.settings.value.ConnectionWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The account that the credentials are of. */
final class OwnAccount {

    private static final String FILE = "account";

    private OwnAccount() {}

    /**
     * Asks RingCentral, and so finds out what is wrong before anything starts.
     *
     * @param directory of the data; it belongs to one account
     * @throws RingCentralException if the credentials, the permissions or the network are wrong
     */
    static String of(Server server, Connection connection, ConnectionWay transport, Path directory) {
        Client client = new Client(server, connection.credentials(), InstantSource.system());
        String id = client.accountId();
        if (transport == ConnectionWay.WEBSOCKET) {
            client.gateway();
        }
        remember(directory, id);
        return id;
    }

    private static void remember(Path directory, String id) {
        Path file = directory.resolve(FILE);
        try {
            PrivateFiles.folder(directory);
            String known = Files.exists(file) ? Files.readString(file).strip() : id;
            if (!known.equals(id)) {
                throw new LocalException("The data in " + directory + " is of the account " + known
                        + ", but the JWT is of the account " + id + ": name another folder with --data-dir.");
            }
            Files.writeString(PrivateFiles.file(file), id + "\n");
        } catch (IOException e) {
            throw new LocalException(
                    "The folder " + directory + " cannot be used: "
                            + e.getClass().getSimpleName() + ".",
                    e);
        }
    }
}
