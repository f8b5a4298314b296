package io.callweave.cli.role;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.runtime.RoleRun;
import io.callweave.runtime.StreamsRole;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import picocli.CommandLine.Command;

/** The command {@code streams}: runs one instance of the topology on a cluster until a signal stops it. */
@Command(
        name = "streams",
        description = {
            "Run the topology on a Kafka cluster: notifications in, calls out.",
            "Start as many as there is work for; those with the same application.id share it.",
            "Stops cleanly on SIGTERM and SIGINT. Health and metrics: http.host, http.port."
        },
        footer = {
            "",
            "Examples:",
            "  callweave streams --bootstrap-servers=kafka-1:9092,kafka-2:9092",
            "  callweave streams --bootstrap-servers=kafka-1:9092 --set streams.num.stream.threads=2"
        })
public final class StreamsCommand extends SettingsCommand {

    public StreamsCommand() {
        super(
                KnownSettings.BOOTSTRAP_SERVERS,
                KnownSettings.APPLICATION_ID,
                KnownSettings.TOPICS_PREFIX,
                KnownSettings.STATE_DIR,
                KnownSettings.STATE_ROCKSDB_MEMORY,
                KnownSettings.HTTP_HOST,
                KnownSettings.HTTP_PORT,
                KnownSettings.COMPLETION_LINGER,
                KnownSettings.COMPLETION_PEER_WAIT,
                KnownSettings.COMPLETION_OPEN_PARTY_WAIT,
                KnownSettings.COMPLETION_MAX_IDLE,
                KnownSettings.COMPLETION_LATE_WINDOW,
                KnownSettings.COMPLETION_SEQUENCE_GAPS,
                KnownSettings.METRICS_TIME_ZONE,
                KnownSettings.METRICS_SERVICE_LEVEL);
    }

    @Override
    protected int run(Settings settings) {
        return ExitStatus.of(RoleRun.untilItEnds(messages(), () -> StreamsRole.start(settings)));
    }
}
