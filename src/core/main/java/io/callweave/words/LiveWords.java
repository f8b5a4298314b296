package io.callweave.words;

import io.callweave.call.AnsweredBy;
import io.callweave.call.event.Address;
import io.callweave.call.event.Status;
import io.callweave.call.live.LiveCall;
import io.callweave.call.live.LiveParty;
import io.callweave.call.live.LiveState;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.value.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that goes on in words. Its value has only what each party does now, so its steps are the beginning, the answer, and
 * what goes on. All texts are {@link Printable}.
 */
public final class LiveWords {

    private final LiveCall call;
    private final DirectoryNames names;

    private LiveWords(LiveCall call, DirectoryLookup directory) {
        this.call = call;
        names = new DirectoryNames(call.accountId(), directory);
    }

    /**
     * Tells a live call.
     *
     * @param directory names of extensions; those that RingCentral sent stand in for what is not there
     */
    public static LiveWords of(LiveCall call, DirectoryLookup directory) {
        return new LiveWords(call, directory);
    }

    /**
     * RingCentral sends both ends with each event: if one is empty, the caller withholds the number. In a RingOut, the phone
     * of the user who calls rings, too.
     */
    public String caller() {
        String user = call.action().equals("RingOut Web") ? userRungAt(call.from()) : null;
        if (user != null) {
            return user;
        }
        boolean withheld = call.direction().equals(Party.INBOUND)
                && !DirectoryNames.isKnown(call.from())
                && DirectoryNames.isKnown(call.to());
        return withheld ? CallNames.WITHHELD : names.address(call.from());
    }

    /** Colleagues dial a number. Whose it is, the party says that it rings. */
    public String called() {
        String user = call.internal() ? userRungAt(call.to()) : null;
        return user == null ? names.address(call.to()) : user;
    }

    /** Who answered; null if nobody did. */
    public @Nullable String answeredBy() {
        AnsweredBy by = call.answeredBy();
        return by == null ? null : names.address(new Address(by.phoneNumber(), by.name(), by.extensionId(), null));
    }

    /** The queue that the call came to last, or the one with this id; null if there is none. */
    public @Nullable String queue(@Nullable String waitsIn) {
        // Parties that a queue rings have its name as their own.
        return call.parties().stream()
                .filter(party -> party.queueExtensionId() != null)
                .filter(party -> waitsIn == null || waitsIn.equals(party.queueExtensionId()))
                .max(Comparator.comparingLong(LiveParty::since))
                .map(this::queueOf)
                .orElseGet(() -> waitsIn == null ? null : names.queue(waitsIn, null));
    }

    /** A party in short. Parties of live calls have their name and number themselves, not in addresses. */
    public String person(LiveParty party) {
        Address own = address(party);
        return Party.OUTBOUND.equals(party.direction()) && !DirectoryNames.isKnown(own)
                ? CallNames.WITHHELD
                : names.address(own);
    }

    /** Role of a lane, as in {@link PartyLane}. */
    public String role(LiveParty party) {
        if (party.role() == Role.SUPERVISOR || party.role() == Role.QUEUE) {
            return party.role().name().toLowerCase(Locale.ROOT);
        }
        if (Status.isVoicemail(party.status())) {
            return "voicemail";
        }
        if (party.extensionId() == null) {
            return Party.OUTBOUND.equals(party.direction()) ? "caller" : "other";
        }
        String type = Objects.requireNonNullElse(names.type(party.extensionId()), DirectoryEntry.USER);
        return type.equals(DirectoryEntry.QUEUE) ? "queue" : type.equals(DirectoryEntry.IVR) ? "menu" : "agent";
    }

    /** Index of the party's session, in the order of the call. */
    public int session(String telephonySessionId) {
        return Math.max(0, call.sessions().indexOf(telephonySessionId));
    }

    /** The extensions of the agents who are in the call. Nobody talks in a fax, and the number of the account is nobody's. */
    public List<String> agents() {
        return call.parties().stream()
                .filter(party -> call.state() != LiveState.FAX && role(party).equals("agent"))
                .map(LiveParty::extensionId)
                .filter(Objects::nonNull)
                .filter(extension -> !extension.equals(call.accountId()))
                .distinct()
                .toList();
    }

    /** What each party that is not over does now. */
    public List<PartyLane> lanes() {
        return call.parties().stream()
                .filter(party -> party.role() != Role.BRIDGE)
                .map(this::lane)
                .toList();
    }

    /** The beginning, the answer, and what goes on, in the order of time. */
    public List<Step> steps() {
        List<Step.Ranked> steps = new ArrayList<>();
        steps.add(new Step.Ranked(new Step(call.startTime(), caller(), "calls " + called()), 0));
        String by = answeredBy();
        Long answer = call.answerTime();
        if (by != null && answer != null) {
            steps.add(new Step.Ranked(new Step(answer, by, "answers"), 2));
        }
        Set<String> told = new HashSet<>();
        call.parties().stream()
                .sorted(Comparator.comparingLong(LiveParty::since))
                .forEach(party -> {
                    Step step = step(party);
                    boolean answers = step != null
                            && answer != null
                            && step.at() == answer
                            && step.who().equals(by);
                    if (step != null && !answers && told.add(step.text())) {
                        steps.add(new Step.Ranked(step, 1));
                    }
                });
        return Step.Ranked.inOrder(steps);
    }

    /** The steps as sentences with times from the start of the call, such as "0:08 It rings at Dana". */
    public List<String> journey() {
        return Step.journey(steps(), call.startTime());
    }

    private @Nullable Step step(LiveParty party) {
        String name = person(party);
        boolean called = Party.INBOUND.equals(party.direction());
        if (party.role() == Role.BRIDGE) {
            return null;
        }
        boolean rung = party.queueExtensionId() != null
                && (party.status().equals(Status.SETUP) || party.status().equals(Status.PROCEEDING));
        boolean isQueue = party.role() == Role.QUEUE;
        if (rung && !isQueue && names.name(party.extensionId()) != null) {
            return new Step(party.since(), queueOf(party), "rings " + name);
        }
        if (rung || isQueue) {
            // The name of an agent whom the directory does not know is that of the queue.
            return new Step(party.since(), "The call", "waits in the queue " + queueOf(party));
        }
        return switch (party.status()) {
            case Status.PROCEEDING -> new Step(party.since(), "It", "rings at " + name);
            case Status.ANSWERED ->
                party.role() == Role.SUPERVISOR
                        ? new Step(party.since(), name, "listens in")
                        : called ? new Step(party.since(), name, "talks") : null;
            case Status.HOLD -> new Step(party.since(), name, "puts the call on hold");
            case Status.PARKED -> new Step(party.since(), name, "is parked");
            case Status.VOICEMAIL, Status.VM_SCREENING ->
                new Step(party.since(), "The voicemail of " + name, "takes the call");
            case Status.FAX_RECEIVE -> new Step(party.since(), "A fax", "is received");
            default -> null;
        };
    }

    private PartyLane lane(LiveParty party) {
        String role = role(party);
        String state = PartyLane.state(party.status(), role);
        boolean waits = role.equals("caller") && "talking".equals(state) && call.answeredBy() == null;
        return new PartyLane(
                party.ref(),
                person(party),
                session(party.ref().telephonySessionId()),
                role,
                Set.of(Status.ANSWERED, Status.HOLD, Status.PARKED).contains(party.status()),
                null,
                state == null ? List.of() : List.of(new PartyLane.Span(party.since(), null, waits ? "waiting" : state)),
                List.of(new PartyLane.Event(party.since(), party.status())));
    }

    private String queueOf(LiveParty party) {
        String rings = party.queueExtensionId();
        return names.queue(
                Objects.requireNonNullElse(rings == null ? party.extensionId() : rings, CallNames.UNKNOWN),
                party.name());
    }

    private static Address address(LiveParty party) {
        return new Address(party.phoneNumber(), party.name(), party.extensionId(), null);
    }

    /** The name of the only user who is rung, if the address is a number only. */
    private @Nullable String userRungAt(@Nullable Address address) {
        if (address != null && address.extensionId() != null) {
            return null;
        }
        List<String> rung = call.parties().stream()
                .filter(party -> Party.INBOUND.equals(party.direction()) && party.queueExtensionId() == null)
                .map(LiveParty::extensionId)
                .filter(Objects::nonNull)
                .filter(extension -> !extension.equals(call.accountId()))
                .distinct()
                .toList();
        String name = rung.size() == 1 ? names.name(rung.get(0)) : null;
        return name == null ? null : Printable.of(name);
    }
}
