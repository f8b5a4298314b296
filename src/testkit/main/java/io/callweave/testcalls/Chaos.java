package io.callweave.testcalls;

import io.callweave.simulation.platform.Notification;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Party events that no platform would send: two accounts, four sessions, four parties, every status, reason and form of
 * peer, known or not, and times that are unrelated to the sequence. Several bodies with one identity are common.
 *
 * <p>Shrinks to fewer events, each a plain Setup of the first party of the first session.
 */
public record Chaos(List<Notification> notifications) {

    private static final List<String> STATUSES = List.of(
            "Setup",
            "Proceeding",
            "Answered",
            "Disconnected",
            "Gone",
            "Hold",
            "Parked",
            "VoiceMail",
            "Voicemail",
            "VoiceMailScreening",
            "VMScreening",
            "FaxReceive",
            "Tds",
            "answered",
            "NeverHeardOf");

    /** The specification's reasons, and those that only real data has. */
    private static final List<String> REASONS = List.of(
            "AttendedTransfer",
            "BlindTransfer",
            "Supervising",
            "TakeOver",
            "Pickup",
            "Conference",
            "CallPark",
            "ParkLocation",
            "CallSwitch",
            "CallFlip",
            "AgentAnswered",
            "AgentDropped",
            "RccTransfer",
            "DtmfTransfer",
            "CallerInputRedirect",
            "CallRedirected",
            "CallReplied",
            "CallFinished",
            "CallDropped",
            "CallerDropped",
            "Timeout",
            "Rejected",
            "Cancelled",
            "InternalError",
            "NoAnswer",
            "TargetBusy",
            "InvalidNumber",
            "InternationalDisabled",
            "DestinationBlocked",
            "NotEnoughFunds",
            "NoSuchUser",
            "Voicemail",
            "Undefined",
            "NeverHeardOf");

    private static final List<String> ORIGINS = List.of("Call", "RingOut", "Conference", "Zoom", "NeverHeardOf");
    private static final List<String> ROLES = List.of("Host", "Participant", "Initiator", "Target");
    private static final List<String> EXTENSIONS = List.of("101", "102", "103", "104");
    private static final List<String> NUMBERS = List.of("+15550100002", "+15550100003", "102", "conference");

    private static final int SESSIONS = 4;
    private static final int PARTIES = 4;
    private static final int LAST_SEQUENCE = 15;
    private static final int LAST_TICK = 20;

    /** Up to this many events, in a random order of arrival. */
    public static Arbitrary<Chaos> arbitrary(int most) {
        return Combinators.combine(places(), whats(), whos())
                .as(ChaosEvent::new)
                .map(ChaosEvent::notification)
                .list()
                .ofMaxSize(most)
                .map(Chaos::new)
                .withoutEdgeCases();
    }

    private static Arbitrary<ChaosEvent.Place> places() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, SESSIONS - 1),
                        Arbitraries.integers().between(1, PARTIES),
                        Arbitraries.integers().between(0, LAST_SEQUENCE).shrinkTowards(2),
                        Arbitraries.integers().between(0, LAST_TICK))
                .as(ChaosEvent.Place::new);
    }

    private static Arbitrary<ChaosEvent.What> whats() {
        return Combinators.combine(
                        Arbitraries.of(STATUSES),
                        Arbitraries.of(REASONS).injectNull(0.5),
                        Arbitraries.of(ChaosEvent.PeerKind.class),
                        Arbitraries.integers().between(0, SESSIONS - 1),
                        Arbitraries.integers().between(1, PARTIES),
                        Arbitraries.of(ORIGINS))
                .as(ChaosEvent.What::new);
    }

    private static Arbitrary<ChaosEvent.Who> whos() {
        return Combinators.combine(
                        Arbitraries.of(false, true),
                        Arbitraries.of(EXTENSIONS).injectNull(0.3),
                        Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true)),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true),
                        Arbitraries.of(ROLES).injectNull(0.7),
                        Arbitraries.of(NUMBERS))
                .as(ChaosEvent.Who::new);
    }
}
