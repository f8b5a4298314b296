package io.callweave.call.transfer;

import io.callweave.call.Call;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.joining.Link;
import io.callweave.call.transfer.NumberSeen.IntroducedBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The numbers of a call, when each was first seen, and what brought it. */
public final class Numbers {

    private final Call call;
    private final Map<String, Sightings> byPhoneNumber = new HashMap<>();
    private final Map<String, Sightings> byExtension = new HashMap<>();
    private final List<Sightings> inOrder = new ArrayList<>();

    /** What was sent with one number. */
    private static final class Sightings {
        final @Nullable String phoneNumber;

        @Nullable
        String extensionId;

        @Nullable
        String extensionNumber;

        @Nullable
        String name;

        long firstSeen;
        int firstSession;

        Sightings(@Nullable String phoneNumber, long time, int session) {
            this.phoneNumber = phoneNumber;
            this.firstSeen = time;
            this.firstSession = session;
        }

        void add(Address address, long time, int session) {
            if (time < firstSeen) {
                firstSeen = time;
                firstSession = session;
            }
            extensionId = address.extensionId() != null ? address.extensionId() : extensionId;
            extensionNumber = address.extensionNumber() != null ? address.extensionNumber() : extensionNumber;
            name = address.name() != null ? address.name() : name;
        }

        NumberSeen introducedBy(IntroducedBy introducedBy) {
            return new NumberSeen(phoneNumber, extensionId, extensionNumber, name, firstSeen, introducedBy);
        }
    }

    private Numbers(Call call) {
        this.call = call;
    }

    /**
     * All numbers by the time they were first seen. Numbers of the same time are sorted by session, sequence and party,
     * {@code from} first.
     *
     * @param links of the call, in their order
     */
    public static List<NumberSeen> of(Call call, List<Link> links) {
        Numbers numbers = new Numbers(call);
        for (int session = 0; session < call.sessions().size(); session++) {
            for (PartyEvent event : call.sessions().get(session).session().events()) {
                numbers.see(event.facts().from(), event.eventTime(), session);
                numbers.see(event.facts().to(), event.eventTime(), session);
            }
        }
        return numbers.introduced(links);
    }

    private void see(@Nullable Address address, long time, int session) {
        if (address == null) {
            return;
        }
        String phoneNumber = address.phoneNumber();
        String key = phoneNumber != null ? phoneNumber : address.extensionId();
        if (key == null) {
            return;
        }
        Map<String, Sightings> known = phoneNumber != null ? byPhoneNumber : byExtension;
        Sightings sightings = known.get(key);
        if (sightings == null) {
            sightings = new Sightings(phoneNumber, time, session);
            known.put(key, sightings);
            inOrder.add(sightings);
        }
        sightings.add(address, time, session);
    }

    private List<NumberSeen> introduced(List<Link> links) {
        TreeMap<Long, IntroducedBy> insideFirst = new TreeMap<>();
        for (Transfer transfer : Transfers.inside(call.first(), links)) {
            insideFirst.put(transfer.time(), introducedBy(transfer.kind()));
        }
        Map<String, IntroducedBy> joinedBy =
                call.sessions().size() == 1 ? Map.of() : new SessionEntries(call, links).kinds();
        List<NumberSeen> numbers = new ArrayList<>(inOrder.size());
        for (Sightings sightings : inOrder) {
            Map.Entry<Long, IntroducedBy> latest = insideFirst.floorEntry(sightings.firstSeen);
            IntroducedBy inFirst = latest == null ? IntroducedBy.START : latest.getValue();
            String session = call.sessions().get(sightings.firstSession).id();
            numbers.add(sightings.introducedBy(
                    sightings.firstSession == 0 ? inFirst : joinedBy.getOrDefault(session, IntroducedBy.OTHER)));
        }
        numbers.sort(Comparator.comparingLong(NumberSeen::firstSeen));
        return numbers;
    }

    static IntroducedBy introducedBy(Transfer.@Nullable Kind kind) {
        return kind == null ? IntroducedBy.OTHER : IntroducedBy.valueOf(kind.name());
    }
}
