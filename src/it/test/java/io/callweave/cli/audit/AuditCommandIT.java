package io.callweave.cli.audit;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.telephony.LogDifference;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Assembled;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code audit} on files of calls: what it prints, writes and exits with. */
class AuditCommandIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> calls = new ArrayList<>();

    @Test
    void shouldNameEachDifferenceInEveryForm() throws Exception {
        try (PlatformServer platform = platform()) {
            over(platform, "+15550100002");
            platform.faults().plantInLog(LogDifference.PARTY, 1);
            PhoneCall other = over(platform, "+15550100003");
            String session = other.telephonySessionIds().get(0);
            Path json = folder.resolve("a.ndjson");
            Path csv = folder.resolve("a.csv");
            Path html = folder.resolve("a.html");

            int status = audit(platform, "--json=" + json, "--csv=" + csv, "--html=" + html);

            assertThat(status).as("%s", err).isEqualTo(ExitStatus.FAILED);
            assertThat(out.toString()).contains(session, "to is ", "in the log +15550199999");
            assertThat(err.toString()).contains("2 sessions compared, 1 wrong or partial. 1 equal, 1 differs");
            JsonNode difference = WireJson.read(Files.readString(json));
            assertThat(difference.path("telephonySessionId").asText()).isEqualTo(session);
            assertThat(difference.at("/fields/0/there").asText()).isEqualTo("+15550199999");
            assertThat(Files.readAllLines(csv)).hasSize(2).last().asString().contains(session, "+15550199999");
            assertThat(Files.readString(html)).contains(session).doesNotContain("+15550199999");
        }
    }

    @Test
    void shouldTolerateAsManyDifferencesAsItIsTold() throws Exception {
        try (PlatformServer platform = platform()) {
            platform.faults().plantInLog(LogDifference.MISSING_THERE, 1);
            over(platform, "+15550100002");

            assertThat(audit(platform, "--tolerate=1")).as("%s", err).isEqualTo(ExitStatus.DONE);
            assertThat(out.toString()).contains("onlyHere", "the log has no record of it");
        }
    }

    private static PlatformServer platform() {
        return PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT)).withSpeed(1_000), Clock.systemUTC());
    }

    private PhoneCall over(PlatformServer platform, String caller) {
        PhoneCall call = call().inbound(caller)
                .answeredBy("104")
                .after(Duration.ofSeconds(40))
                .hangUp();
        call.truths().forEach(platform::ended);
        calls.addAll(Assembled.lines(call.notifications().stream()
                .map(each -> new String(each.bytes(), UTF_8))
                .toList()));
        return call;
    }

    private int audit(PlatformServer platform, String... more) throws Exception {
        Thread.sleep(200); // until the log is settled
        Path file = Files.write(folder.resolve("calls.ndjson"), calls);
        List<String> arguments = new ArrayList<>(List.of(
                "audit",
                "--account=" + ACCOUNT,
                "--from=2026-03-02",
                "--to=2026-03-03",
                "--audit-settle=0s",
                "--calls=" + file,
                "--ringcentral-server=" + platform.address(),
                "--ringcentral-client-id=client-" + ACCOUNT,
                "--set=ringcentral.client-secret=secret-" + ACCOUNT,
                "--set=ringcentral.jwt=jwt-" + ACCOUNT));
        arguments.addAll(List.of(more));
        return Callweave.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
