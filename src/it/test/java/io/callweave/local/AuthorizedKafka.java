package io.callweave.local;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/** A broker that asks for a password, and allows nobody but its administrator what no ACL allows; for tests. */
public final class AuthorizedKafka implements AutoCloseable {

    private static final String ADMIN = "admin";
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"secret\"";

    private final EmbeddedKafka kafka;
    private final Admin admin;
    private int users;

    private AuthorizedKafka(EmbeddedKafka kafka) {
        this.kafka = kafka;
        admin = Admin.create(clientOptions(kafka, ADMIN));
    }

    /**
     * A broker that lets its users do only what its ACLs allow.
     *
     * @param mostUsers how many can be {@linkplain #newUser made}
     */
    public static AuthorizedKafka start(Path directory, int mostUsers) {
        String users = IntStream.rangeClosed(1, mostUsers)
                .mapToObj(number -> " user_" + userName(number) + "=\"secret\"")
                .collect(Collectors.joining());
        return new AuthorizedKafka(EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory)
                .withOverrides(Map.of(
                        "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "sasl.enabled.mechanisms", "PLAIN",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN",
                        "listener.name.plaintext.plain.sasl.jaas.config",
                                LOGIN.formatted(ADMIN) + " user_" + ADMIN + "=\"secret\"" + users + ";",
                        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        // The controller's own listener asks for no password.
                        "super.users", "User:" + ADMIN + ";User:ANONYMOUS"))));
    }

    public Admin admin() {
        return admin;
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** One who is allowed nothing yet. */
    public String newUser() {
        users++;
        return userName(users);
    }

    private static String userName(int number) {
        return "user" + number;
    }

    /** What a client of the administrator is made with. */
    public Map<String, Object> administrator() {
        return clientOptions(kafka, ADMIN);
    }

    /** The settings with which Callweave comes as a user. */
    public static Map<String, String> settingsOf(String user) {
        return Map.of(
                "kafka.security.protocol", "SASL_PLAINTEXT",
                "kafka.sasl.mechanism", "PLAIN",
                "kafka.sasl.jaas.config", LOGIN.formatted(user) + ";");
    }

    private static Map<String, Object> clientOptions(EmbeddedKafka kafka, String user) {
        Map<String, Object> options = new HashMap<>();
        options.put("bootstrap.servers", kafka.bootstrapServers());
        settingsOf(user).forEach((name, value) -> options.put(name.substring("kafka.".length()), value));
        return options;
    }

    /** Returns when the broker goes by them. */
    public void allow(Collection<AclBinding> acls) throws Exception {
        admin.createAcls(acls).all().get();
        while (!inForce().containsAll(acls)) {
            Thread.sleep(20);
        }
    }

    /** Returns when the broker no longer goes by it. */
    public void forbid(AclBinding acl) throws Exception {
        admin.deleteAcls(List.of(acl.toFilter())).all().get();
        while (inForce().contains(acl)) {
            Thread.sleep(20);
        }
    }

    private Set<AclBinding> inForce() throws Exception {
        return new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }

    @Override
    public void close() {
        admin.close();
        kafka.close();
    }
}
