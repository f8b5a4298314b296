import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/**
 * Slows clients down, or limits a topic: {@code java Configure.java ADDRESS reads CLIENT BYTES} for so many bytes a second, of the client
 * {@code ""} for all, BYTES {@code ""} for no limit; {@code ADDRESS largest TOPIC BYTES} for the largest record.
 */
class Configure {

    public static void main(String[] arguments) throws Exception {
        String name = arguments[2];
        String bytes = arguments[3];
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", arguments[0]))) {
            if (arguments[1].equals("reads")) {
                Map<String, String> client = new java.util.HashMap<>();
                client.put(ClientQuotaEntity.CLIENT_ID, name.isEmpty() ? null : name);
                admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                                new ClientQuotaEntity(client),
                                List.of(new ClientQuotaAlteration.Op(
                                        "consumer_byte_rate", bytes.isEmpty() ? null : Double.valueOf(bytes))))))
                        .all()
                        .get();
            } else {
                admin.incrementalAlterConfigs(Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, name),
                                List.of(new AlterConfigOp(
                                        new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
                        .all()
                        .get();
            }
        }
    }
}
