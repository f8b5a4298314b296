package io.callweave.bench.windows;

import io.callweave.call.CallRules;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.notification.NotificationReader;
import io.callweave.simulation.phonecall.CallStart;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Finished calls of one account to measure windows with. 45 % come through a queue that rings three agents, 20 % are
 * outgoing, 15 % come directly, 10 % are internal, 5 % are RingOut and 5 % are missed. Of the answered ones, 10 % are
 * transferred blindly and 5 % after a consultation. Queues, agents, departments, outside numbers and times are evenly
 * distributed.
 */
final class CountedCalls {

    private static final SimulatedAccount ACCOUNT = SimulatedAccount.FIRST;
    private static final Instant FROM = Instant.parse("2026-03-02T08:00:00Z");
    private static final int FIRST_EXTENSION = 1_001;
    private static final int RINGING = 3;
    private static final Duration MEAN_TALK = Duration.ofMinutes(3);

    private final CallVolume volume;
    private final NotificationReader reader = new NotificationReader();
    private final Random random = new Random(1);

    CountedCalls(CallVolume volume) {
        this.volume = volume;
    }

    /** Sorted by their ends; the same for the same volume. */
    List<CallRecord> records() {
        List<CallRecord> records = new ArrayList<>();
        for (int number = 0; number < volume.calls(); number++) {
            CallStart start = PhoneCall.call().in(ACCOUNT).seeded(number).startingAt(FROM.plusMillis((long)
                    (random.nextDouble() * volume.time().toMillis())));
            records.addAll(recordsOf(call(start)));
        }
        records.sort(Comparator.comparingLong((CallRecord call) -> call.times().endTime())
                .thenComparing(CallRecord::callId));
        return records;
    }

    /** Who works in which department, and the names of people and queues. */
    List<DirectoryEntry> directory() {
        List<DirectoryEntry> entries = new ArrayList<>();
        if (volume.departments() > 0) {
            for (int number = 0; number < volume.extensions(); number++) {
                entries.add(entry(
                        ACCOUNT.extension(Integer.toString(FIRST_EXTENSION + number)),
                        DirectoryEntry.USER,
                        "Department %03d".formatted(number % volume.departments())));
            }
            for (int number = 0; number < volume.queues(); number++) {
                entries.add(entry(ACCOUNT.service(queue(number)), DirectoryEntry.QUEUE, null));
            }
        }
        return entries;
    }

    private static DirectoryEntry entry(Extension extension, String type, @Nullable String department) {
        return new DirectoryEntry(ACCOUNT.id(), extension.id(), extension.name(), type, null, department, null);
    }

    private List<CallRecord> recordsOf(PhoneCall call) {
        Assembly assembly = new Assembly();
        for (Notification notification : call.notifications()) {
            reader.read(notification.bytes()).events().forEach(assembly::add);
        }
        return assembly.records(CallRules.DEFAULT);
    }

    private PhoneCall call(CallStart start) {
        List<String> people = people();
        String agent = people.get(0);
        int kind = random.nextInt(100);
        if (kind < 45) {
            PhoneCall ringing = start.inbound(outside())
                    .queue(
                            queue(random.nextInt(volume.queues())),
                            people.subList(0, RINGING).toArray(String[]::new));
            return random.nextInt(20) == 0
                    ? ringing.abandoned().after(seconds(3, 30))
                    : talk(ringing.answeredBy(agent).after(seconds(2, 14)), people);
        }
        if (kind < 65) {
            PhoneCall ringing = start.outbound(agent, outside());
            return random.nextInt(3) == 0
                    ? ringing.noAnswer().after(seconds(20, 40))
                    : talk(ringing.answered().after(seconds(4, 25)), people);
        }
        if (kind < 80) {
            return talk(start.inbound(outside()).answeredBy(agent).after(seconds(2, 18)), people);
        }
        if (kind < 90) {
            return end(start.internal(agent, people.get(1)).answered().after(seconds(2, 15)));
        }
        if (kind < 95) {
            return end(start.ringOut(agent, outside()).answered().after(seconds(3, 20)));
        }
        return start.inbound(outside()).ringing(agent).abandoned().after(seconds(2, 25));
    }

    private PhoneCall talk(PhoneCall answered, List<String> people) {
        String colleague = people.get(RINGING);
        int kind = random.nextInt(20);
        if (kind < 2) {
            return end(answered.transferredTo(colleague).after(talking()));
        }
        return end(kind == 2 ? answered.attendedTransferTo(colleague).after(talking()) : answered);
    }

    private PhoneCall end(PhoneCall talking) {
        return talking.hangUp().after(talking());
    }

    /** The length of a phone call: most are short. */
    private Duration talking() {
        return Duration.ofMillis((long) (-Math.log(1 - random.nextDouble()) * MEAN_TALK.toMillis()))
                .plusSeconds(2);
    }

    private Duration seconds(int least, int most) {
        return Duration.ofMillis(1_000L * least + random.nextInt(1_000 * (most - least)));
    }

    /** Different extensions, as many as a call needs at most. */
    private List<String> people() {
        int first = random.nextInt(volume.extensions());
        int step = 1 + random.nextInt(volume.extensions() / (RINGING + 1));
        List<String> people = new ArrayList<>();
        for (int i = 0; i <= RINGING; i++) {
            people.add(Integer.toString(FIRST_EXTENSION + (first + i * step) % volume.extensions()));
        }
        return people;
    }

    /** The simulation derives a queue's extension from its name, and up to a thousand names of this form differ. */
    private static String queue(int number) {
        return "Queue %03d".formatted(number);
    }

    private String outside() {
        return "+15553%06d".formatted(random.nextInt(volume.numbers()));
    }
}
