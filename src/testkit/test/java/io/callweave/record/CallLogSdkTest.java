package io.callweave.record;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.Gson;
import com.ringcentral.definitions.CallLogRecord;
import com.ringcentral.definitions.CallLogRecordLegInfo;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.Chaos;
import io.callweave.testcalls.ExpectedCalls;
import io.callweave.testcalls.PhoneCalls;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RingCentral's own SDK reads a record as one of its Call Log's, and finds no word there that the Call Log does not have. */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class CallLogSdkTest {

    // The enumerations of CallLogRecord and CallLogRecordLegInfo in RingCentral's API specification. The SDK's classes
    // quote
    // them as comments; those of 2025 lack "Answered Elsewhere", which the specification has since.

    private static final Set<String> TYPES = Set.of("Voice", "Fax");
    private static final Set<String> DIRECTIONS = Set.of("Inbound", "Outbound");
    private static final Set<String> ACTIONS = words("""
            Accept Call, Barge In Call, Call Park, Call Return, CallOut-CallMe, Calling Card, Conference Call, E911 Update,
            Emergency, External Application, FindMe, FollowMe, FreeSPDL, Hunting, Incoming Fax, Monitoring, Move, Outgoing Fax,
            Paging, Park Location, Phone Call, Phone Login, Pickup, RC Meetings, Ring Directly, RingMe, RingOut Mobile,
            RingOut PC, RingOut Web, Sip Forwarding, Support, Text Relay, Transfer, Unknown, VoIP Call, VoiceChat Call""");
    private static final Set<String> RESULTS = words("""
            911, 933, Abandoned, Accepted, Answered Not Accepted, Blocked, Busy, Call Failed, Call Failure, Call connected,
            Carrier is not active, Declined, EDGE trunk misconfigured, Fax Not Sent, Fax Partially Sent, Fax Poor Line,
            Fax Receipt Error, Fax on Demand, Hang Up, IP Phone Offline, In Progress, Internal Error, International Disabled,
            International Restricted, Missed, No Answer, No Calling Credit, Not Allowed, Partial Receive, Phone Login,
            Receive Error, Received, Rejected, Reply, Restricted Number, Send Error, Sent, Sent to Voicemail, Stopped,
            Suspended account, Unknown, Voicemail, Wrong Number, Answered Elsewhere, Callback requested""");
    private static final Set<String> REASONS = words("""
            Accepted, Bad Number, Call Loop, Calls Not Accepted, Carrier is not active, Connected, Customer 611 Restricted,
            EDGE trunk misconfigured, Emergency Address not defined, Failed Try Again, Fax Not Received, Fax Not Sent,
            Fax Partially Sent, Fax Poor Line, Fax Prepare Error, Fax Save Error, Fax Send Error, Hang Up, Info 411 Restricted,
            Internal Call Error, Internal Error, International Disabled, International Restricted, Line Busy, Max Call Limit,
            No Answer, No Credit, No Digital Line, Not Answered, Number Blocked, Number Disabled, Number Not Allowed,
            Receive Error, Resource Error, Restricted Number, Stopped, Too Many Calls, Unknown, Wrong Number""");
    private static final Set<String> LEG_TYPES = words("""
            SipForwarding, ServiceMinus2, ServiceMinus3, PstnToSip, Accept, FindMe, FollowMe, TestCall, FaxSent, CallBack,
            CallingCard, RingDirectly, RingOutWebToSubscriber, RingOutWebToCaller, SipToPstnMetered, RingOutClientToSubscriber,
            RingOutClientToCaller, RingMe, TransferCall, SipToPstnUnmetered, RingOutDeviceToSubscriber, RingOutDeviceToCaller,
            RingOutOneLegToCaller, ExtensionToExtension, CallPark, PagingServer, Hunting, OutgoingFreeSpDl, ParkLocation,
            CallMeCallOut, ConferenceCall, MobileApp, MoveToConference, Unknown, MeetingsCall, SilentMonitoring, Monitoring,
            Pickup, ImsCall, JoinCall, TextRelay, IvaCall, VoiceChat""");

    private static final Gson SDK = new Gson();

    @Property(tries = 100)
    void shouldReadAnyCall(@ForAll PhoneCalls calls) {
        for (PhoneCall call : calls.calls()) {
            Assembled.trees(call.lines()).forEach(CallLogSdkTest::assertIsCallLogRecord);
        }
    }

    @Property(tries = 100)
    void shouldReadWhatIsNoCall(@ForAll Chaos chaos) {
        List<String> lines =
                chaos.notifications().stream().map(Notification::json).toList();

        Assembled.trees(lines).forEach(CallLogSdkTest::assertIsCallLogRecord);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acceptance/kinds",
                "acceptance/dropped",
                "acceptance/accounts",
                "real/csn-pstn-to-rc-ivr",
                "real/csn-rc-to-pstn",
                "real/csn-rc-to-rc",
                "real/queue-answered-2026",
                "real/apidocs-pn_apns-2018",
                "real/apidocs-warm-transfer-2020",
                "real/tylerlong-direct-vs-queue-2023"
            })
    void shouldReadTheCallsOfTheSamples(String file) {
        List<JsonNode> records = Assembled.trees(ExpectedCalls.lines(file + ".ndjson"));

        assertThat(records).isNotEmpty().allSatisfy(CallLogSdkTest::assertIsCallLogRecord);
    }

    @Test
    void shouldReadAWarmTransferAndARecording() {
        PhoneCall phoneCall = call().inbound("+15550100002")
                .answeredBy("104")
                .recorded()
                .attendedTransferTo("106")
                .hangUp();
        List<String> sessions = phoneCall.telephonySessionIds();

        CallLogRecord read = SDK.fromJson(Assembled.lines(phoneCall.lines()).get(0), CallLogRecord.class);

        assertThat(read.transferTarget.telephonySessionId).isEqualTo(sessions.get(1));
        assertThat(read.transferee).isNull();
        assertThat(read.recording.id).isNotEmpty();
        assertThat(read.extension.id)
                .isEqualTo(Long.valueOf(phoneCall.account().extension("104").id()));
        assertThat(leg(read, phoneCall.partiesOf("104").get(0)).transferTarget.telephonySessionId)
                .isEqualTo(sessions.get(1));
        assertThat(leg(read, phoneCall.partiesOf("104").get(1)).transferee.telephonySessionId)
                .isEqualTo(sessions.get(0));
        assertThat(leg(read, phoneCall.partiesOf("106").get(0)).transferee).isNull();
    }

    private static void assertIsCallLogRecord(JsonNode json) {
        CallLogRecord read = SDK.fromJson(json.toString(), CallLogRecord.class);

        assertThat(read.id).isEqualTo(json.path("callId").asText());
        assertThat(read.telephonySessionId).isEqualTo(read.id);
        assertThat(read.startTime).isEqualTo(json.path("startTime").asText());
        assertThat(read.duration).isEqualTo(json.path("duration").asLong());
        assertThat(read.durationMs).isEqualTo(json.path("durationMs").asLong());
        assertThat(read.type).isIn(TYPES);
        assertThat(read.direction).isIn(DIRECTIONS);
        assertThat(read.action).isIn(ACTIONS);
        assertThat(read.result).isIn(RESULTS);
        assertThat(read.from == null ? null : read.from.phoneNumber)
                .isEqualTo(json.at("/from/phoneNumber").textValue());
        assertThat(read.to == null ? null : read.to.extensionId)
                .isEqualTo(json.at("/to/extensionId").textValue());
        assertThat(read.partyId).isEqualTo(json.path("partyId").textValue());
        int legs = 0;
        for (JsonNode party : json.path("parties")) {
            String role = party.path("role").asText();
            boolean neverThrough =
                    role.equals("supervisor") && party.path("answerTime").isNull();
            legs += role.equals("bridge") || neverThrough ? 0 : 1;
        }
        assertThat(read.legs).hasSize(legs);
        assertThat(Arrays.stream(read.legs).filter(leg -> leg.master)).hasSize(Math.min(1, read.legs.length));
        for (CallLogRecordLegInfo leg : read.legs) {
            assertIsLeg(leg);
        }
    }

    private static void assertIsLeg(CallLogRecordLegInfo leg) {
        assertThat(leg.startTime).isNotNull();
        assertThat(leg.durationMs).isNotNegative();
        assertThat(leg.duration).isEqualTo(leg.durationMs / 1000);
        assertThat(leg.type).isIn(TYPES);
        assertThat(leg.action).isIn(ACTIONS);
        assertThat(leg.result).isIn(RESULTS);
        assertThat(leg.legType).isIn(LEG_TYPES);
        assertThat(leg.direction == null || DIRECTIONS.contains(leg.direction)).isTrue();
        assertThat(leg.reason == null || REASONS.contains(leg.reason)).isTrue();
        assertThat(leg.telephonySessionId).isNotEmpty();
        assertThat(leg.partyId).isNotEmpty();
    }

    private static CallLogRecordLegInfo leg(CallLogRecord call, String partyId) {
        return Arrays.stream(call.legs)
                .filter(leg -> leg.partyId.equals(partyId))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> words(String list) {
        return Set.of(list.replace("\n", " ").split(", +"));
    }
}
