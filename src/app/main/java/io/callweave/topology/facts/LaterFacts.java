package io.callweave.topology.facts;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.event.Status;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactId;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.fact.FactPlace;
import io.callweave.call.fact.LaterFact;
import io.callweave.call.fact.SessionFacts;
import io.callweave.call.session.MailboxVisit;
import io.callweave.call.session.Mention;
import io.callweave.call.session.Session;
import io.callweave.notification.EnvelopeIds;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.time.CallDues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Gives later facts to the sessions that they belong to. What a session shows depends on the account's events and facts,
 * never on which of them came first: where one of them changes who fits, the fact moves.
 */
public final class LaterFacts {

    /**
     * About how many events a step may have to read for what it changes. What is more goes on in further steps: a step that
     * outlasts its transaction is repeated without end.
     */
    private static final int MOST_WORK = 5_000;

    /** To see where a recording or message belongs; its notification is read for it. */
    private static final int WORK_OF_PLACING = 100;

    /** To look for what was left out of a session. */
    private static final int WORK_OF_FILLING = 1_000;

    /**
     * Of a session that has not come. A record shows a hundred facts, and says that there are more; RingCentral sends two
     * notifications of most.
     */
    private static final int MOST_WAITING = 2 * (Meeting.MOST + 1);

    /** Of what one step gives back. */
    private static final int MOST_GIVEN_BACK_BYTES = 5_000_000;

    private final SessionStore sessions;
    private final FactStore store;
    private final FactPace pace = new FactPace();
    private final CallDues due;
    private final NotificationReader reader;
    private final long lateWindow;
    private final long oldestLog;

    /** What became of a later fact. */
    public enum Fate {
        /** Its session shows it. */
        KEPT("kept"),
        /** It is known, or gives way to a newer one. */
        DUPLICATE("duplicate"),
        /** No session is known that it belongs to. */
        WAITS("waits"),
        /** Its session is closed, or may have been closed so long ago that nobody knows. */
        TOO_LATE("tooLate");

        private final String wireName;

        Fate(String wireName) {
            this.wireName = wireName;
        }

        /** The name in metrics. */
        public String wireName() {
            return wireName;
        }
    }

    /**
     * What a step did.
     *
     * @param changed the sessions that show other facts than before, as they were
     */
    public record Step(Fate fate, Map<SessionKey, Session> changed, List<StageOutput> out) {

        static final Step NOTHING = new Step(Fate.DUPLICATE, Map.of(), List.of());
    }

    /**
     * Takes up what the store holds.
     *
     * @param entries of the sessions
     * @param due calls {@link #due} when the time of an entry has come
     * @param lateWindow how long a fact waits for its session, in milliseconds
     * @param oldestLog how long ago a call of the Call Log may have begun, in milliseconds
     */
    public LaterFacts(
            SessionStore sessions,
            KeyValueStore<Bytes, byte[]> entries,
            CallDues due,
            NotificationReader reader,
            long lateWindow,
            long oldestLog) {
        this.sessions = sessions;
        this.store = new FactStore(entries);
        this.due = due;
        this.reader = reader;
        this.lateWindow = lateWindow;
        this.oldestLog = oldestLog;
    }

    /** What one step changes. */
    private final class Work {

        private final long time;
        private final Map<SessionKey, Session> changed = new LinkedHashMap<>();
        private final List<StageOutput> out = new ArrayList<>();

        /** Sessions with room again for recordings and messages that were too many. */
        private final Set<SessionKey> haveRoom = new LinkedHashSet<>();

        private int done;
        private int givenBackBytes;

        /** @param time of the stage's clock, in milliseconds since the epoch */
        private Work(long time) {
            this.time = time;
        }

        private void change(SessionKey key, SessionFacts facts) {
            StoredSession session = sessions.get(key);
            if (changed.putIfAbsent(key, session.session()) == null) {
                // To revise its call, all sessions of that are read.
                done += session.state().isLinked()
                        ? MOST_WORK
                        : session.session().events().size();
            }
            sessions.put(session, session.state().later().with(facts));
        }

        private void tell(SessionKey key, FactNotice notice) {
            tell(key, notice, notice.whole().body().text().getBytes(StandardCharsets.UTF_8));
        }

        private void tell(SessionKey key, FactNotice notice, byte @Nullable [] body) {
            out.add(new StageOutput.ArtifactUpdate(
                    key.accountId(), key.telephonySessionId(), notice.kind(), notice.id(), body, time));
        }

        private Step is(Fate fate) {
            haveRoom.forEach(key -> fill(key, false, this));
            return new Step(fate, changed, out);
        }
    }

    /**
     * Takes a later fact.
     *
     * @param routed the notification that it is in
     * @param receivedAt when it was received, not before the clock of the stage
     */
    public Step accept(FactNotice notice, RepartitionMessage.Routed routed, long receivedAt) {
        Work work = new Work(receivedAt);
        Fate fate = notice.place() instanceof FactPlace.InSession in
                ? acceptIn(new SessionKey(notice.accountId(), in.telephonySessionId()), notice, routed, work)
                : acceptNamed(notice, routed, work);
        return work.is(fate);
    }

    private Fate acceptIn(SessionKey key, FactNotice notice, RepartitionMessage.Routed routed, Work work) {
        SessionState state = sessions.state(key);
        if (state.closed()) {
            return Fate.TOO_LATE;
        }
        if (notice.whole().content() instanceof FactContent.LogEntry entry) {
            return acceptLog(key, notice, entry, work);
        }
        if (state.isSeen()) {
            return showInSession(key, notice, work) ? Fate.KEPT : Fate.DUPLICATE;
        }
        Anchor anchor = Anchor.ofSession(key);
        Meeting meeting = meeting(anchor);
        String name = name(notice);
        if (!meeting.notices.add(name)) {
            return Fate.DUPLICATE;
        }
        store.put(notice.accountId(), name, routed);
        if (meeting.notices.size() > MOST_WAITING) {
            giveBack(anchor, meeting, meeting.notices.last(), work);
        }
        keep(anchor, meeting, work.time);
        sessions.putState(key, state.later(state.later().awaited(true)));
        return Fate.WAITS;
    }

    /** It waits for no event: if none comes, it makes a call itself. */
    private Fate acceptLog(SessionKey key, FactNotice notice, FactContent.LogEntry entry, Work work) {
        if (entry.startTime() < work.time - oldestLog) {
            return Fate.TOO_LATE;
        }
        SessionState state = sessions.state(key);
        if (!state.isSeen() && !state.isLogged()) {
            sessions.putState(key, state.grown(state.size(), work.time));
        }
        Session before = sessions.get(key).session();
        if (!showInSession(key, notice, work)) {
            return Fate.DUPLICATE;
        }
        if (state.isSeen()) {
            mentionsChanged(sessions.get(key), Mention.of(before), work);
        }
        return Fate.KEPT;
    }

    private boolean showInSession(SessionKey key, FactNotice notice, Work work) {
        boolean changes = show(key, notice, work);
        if (changes) {
            work.tell(key, notice);
        }
        return changes;
    }

    private Fate acceptNamed(FactNotice notice, RepartitionMessage.Routed routed, Work work) {
        Anchor anchor = Anchor.of(notice.accountId(), notice.kind(), notice.id());
        Meeting meeting = meeting(anchor);
        String name = name(notice);
        if (!supersedes(notice, name, meeting)) {
            return Fate.DUPLICATE;
        }
        forgetNotices(anchor, meeting);
        store.put(notice.accountId(), name, routed);
        meeting.notices.add(name);
        meeting.noticeBytes = routed.value().length;
        meeting.modifiedAt = notice.whole().modifiedAt();
        Set<String> noLongerCertain =
                notice.place() instanceof FactPlace.Mailbox message ? lookIn(message, notice, work) : Set.of();
        place(notice, meeting, work);
        if (isClosed(anchor, meeting)) {
            forgetNotices(anchor, meeting);
            keep(anchor, meeting, work.time);
            return Fate.TOO_LATE;
        }
        keep(anchor, meeting, work.time);
        noLongerCertain.forEach(id -> placeAgain(Anchor.of(notice.accountId(), notice.kind(), id), work));
        return meeting.placedIn == null ? Fate.WAITS : Fate.KEPT;
    }

    /** As {@link LaterFact#supersedes} has it. What is known is not read for it, as it can be large: its name has its SHA-256. */
    private static boolean supersedes(FactNotice notice, String name, Meeting meeting) {
        if (meeting.notices.isEmpty()) {
            return true;
        }
        Long mine = notice.whole().modifiedAt();
        Long known = meeting.modifiedAt;
        return Objects.equals(mine, known)
                ? name.compareTo(meeting.notices.first()) > 0
                : known == null || (mine != null && mine > known);
    }

    /**
     * Has a message look for its call in its mailbox.
     *
     * @return the messages that no longer have a certain call, because there are so many
     */
    private Set<String> lookIn(FactPlace.Mailbox message, FactNotice notice, Work work) {
        Set<String> noLongerCertain = new TreeSet<>();
        for (Anchor mailbox : Anchor.of(notice.accountId(), message)) {
            Meeting meeting = meeting(mailbox);
            boolean wasCrowded = meeting.isCrowded();
            meeting.addMessage(notice.id());
            if (meeting.isCrowded() && !wasCrowded) {
                noLongerCertain.addAll(meeting.notices);
            }
            keep(mailbox, meeting, work.time);
        }
        return noLongerCertain;
    }

    /** Whether its session is closed; if it has none, all sessions that name it, and there are some. */
    private boolean isClosed(Anchor anchor, Meeting meeting) {
        Set<String> ids = meeting.placedIn == null ? meeting.mentioning() : Set.of(meeting.placedIn);
        return !ids.isEmpty() && ids.stream().allMatch(id -> isClosed(anchor.accountId(), id));
    }

    /**
     * The events of a session have changed: facts may have waited for it, or belong elsewhere now.
     *
     * @param before the session as it was
     */
    public Step eventsChanged(StoredSession session, Session before, long receivedAt) {
        boolean awaited = session.state().later().awaited();
        if (!awaited && !canMeet(session.session()) && !canMeet(before)) {
            return Step.NOTHING;
        }
        Work work = new Work(receivedAt);
        if (awaited) {
            showAwaited(session.key(), work);
        }
        String account = session.key().accountId();
        if (before.isEmpty()) {
            // What the log names counts from the first event on.
            mentionsChanged(session, List.of(), work);
        } else if (namesMore(session.session(), before)) {
            mentionsChanged(session, Mention.of(before), work);
        }
        List<MailboxVisit> visits = visits(session.session());
        Set<Anchor> mailboxes = new LinkedHashSet<>();
        difference(visits(before), visits).forEach(visit -> mailboxes.add(Anchor.of(account, visit)));
        for (Anchor mailbox : mailboxes) {
            Meeting meeting = meeting(mailbox);
            boolean changes = meeting.visit(
                    session.id(),
                    visits.stream()
                            .filter(visit -> Anchor.of(account, visit).equals(mailbox))
                            .toList());
            keep(mailbox, meeting, work.time);
            if (changes) {
                meeting.notices.forEach(id -> placeAgain(Anchor.of(account, FactKind.VOICEMAIL, id), work));
            }
        }
        return work.is(Fate.KEPT);
    }

    private void mentionsChanged(StoredSession session, List<Mention> before, Work work) {
        String account = session.key().accountId();
        List<Mention> mentions = Mention.of(session.session());
        Map<Anchor, @Nullable Mention> changed = new LinkedHashMap<>();
        difference(before, mentions)
                .forEach(mention -> changed.put(Anchor.of(account, mention.kind(), mention.id()), null));
        mentions.forEach(mention -> changed.replace(Anchor.of(account, mention.kind(), mention.id()), mention));
        changed.forEach((thing, mention) -> {
            Meeting meeting = meeting(thing);
            String last = meeting.mention(session.id(), mention);
            keep(thing, meeting, work.time);
            String hidden = mention == null ? session.id() : last;
            if (hidden != null && thing.isRecording()) {
                hide(new SessionKey(account, hidden), FactKind.RECORDING, thing.id(), work);
            }
            placeAgain(thing, work);
        });
    }

    /** Whether one of its events that the session before did not have names anything: it can name 200,000 in others. */
    private static boolean namesMore(Session session, Session before) {
        for (PartyEvent event : session.events()) {
            if (before.isChangedBy(event)) {
                PartyEvent replaced = before.at(event.place());
                if (Mention.isIn(event) || (replaced != null && Mention.isIn(replaced))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Nearly no session can, and this is asked for every event. */
    private static boolean canMeet(Session session) {
        if (session.facts().areLogged()) {
            return true;
        }
        List<PartyEvent> events = session.events();
        for (int i = 0; i < events.size(); i++) {
            PartyEvent event = events.get(i);
            if (Mention.isIn(event) || event.facts().status().equals(Status.VOICEMAIL)) {
                return true;
            }
        }
        return false;
    }

    /** None of a session that cannot be folded: its record says so, and all others of the partition go on. */
    private static List<MailboxVisit> visits(Session session) {
        try {
            return MailboxVisit.of(session);
        } catch (RuntimeException failure) {
            return List.of();
        }
    }

    /** What only one of them has. */
    private static <T> Set<T> difference(List<T> one, List<T> other) {
        Set<T> only = new LinkedHashSet<>(one);
        for (T each : other) {
            if (!only.remove(each)) {
                only.add(each);
            }
        }
        return only;
    }

    /** What waits for a session that has come now, unless it is shown by and by already. */
    private void showAwaited(SessionKey key, Work work) {
        Anchor anchor = Anchor.ofSession(key);
        Meeting meeting = meeting(anchor);
        if (!meeting.isToBePlaced) {
            showAwaited(anchor, meeting, work);
        }
    }

    private void showAwaited(Anchor anchor, Meeting meeting, Work work) {
        SessionKey key = new SessionKey(anchor.accountId(), anchor.id());
        boolean hasPlace = meeting.isToBePlaced;
        meeting.isToBePlaced = false;
        for (String name : List.copyOf(meeting.notices)) {
            RepartitionMessage.Routed routed = store.notice(key.accountId(), name);
            if (routed != null && !hasPlace) {
                long at = pace.reserve(key.accountId(), routed.value().length, work.time);
                if (at != 0) {
                    placeLater(anchor, meeting, at);
                    return;
                }
            }
            hasPlace = false;
            FactNotice notice = read(routed);
            if (notice != null) {
                showInSession(key, notice, work);
            }
            store.put(key.accountId(), name, null);
            meeting.notices.remove(name);
        }
        store.put(anchor, null);
        StoredSession session = sessions.get(key);
        sessions.put(session, session.state().later().awaited(false));
    }

    /** Looks again where a recording or message belongs, if it is known already. */
    private void placeAgain(Anchor anchor, Work work) {
        Meeting meeting = store.find(anchor);
        if (meeting == null || meeting.notices.isEmpty() || meeting.isToBePlaced) {
            return;
        }
        long at = pace.reserve(anchor.accountId(), meeting.noticeBytes, work.time);
        if (at == 0 && work.done < MOST_WORK) {
            placeAgain(anchor, meeting, work);
        } else {
            placeLater(anchor, meeting, Math.max(at, work.time));
        }
    }

    private void placeLater(Anchor anchor, Meeting meeting, long time) {
        meeting.isToBePlaced = true;
        look(anchor, meeting, time);
    }

    private void placeAgain(Anchor anchor, Meeting meeting, Work work) {
        work.done += WORK_OF_PLACING;
        FactNotice notice = counting(anchor, meeting);
        if (notice != null) {
            place(notice, meeting, work);
            store.put(anchor, meeting);
        }
    }

    /** Shows it where it belongs now, and nowhere else. */
    private void place(FactNotice notice, Meeting meeting, Work work) {
        String account = notice.accountId();
        String before = meeting.placedIn;
        meeting.isToBePlaced = false;
        if (before != null && isClosed(account, before)) {
            return;
        }
        Set<String> showing = showing(notice, meeting);
        String now = showing.isEmpty() ? null : showing.iterator().next();
        if (before != null && !before.equals(now)) {
            SessionKey key = new SessionKey(account, before);
            if (!showing.contains(before)) {
                hide(key, notice.kind(), notice.id(), work);
            }
            work.tell(key, notice, null);
        }
        meeting.placedIn = now;
        for (String id : showing) {
            SessionKey key = new SessionKey(account, id);
            boolean changes = show(key, notice, work);
            if (id.equals(now) && (changes || !id.equals(before))) {
                work.tell(key, notice);
            }
        }
    }

    private void hide(SessionKey key, FactKind kind, String id, Work work) {
        SessionFacts before = sessions.glance(key).later().facts();
        SessionFacts after = before.without(kind, id);
        if (isSeen(key) && !after.equals(before)) {
            work.change(key, after);
            if (before.leftOut() != null && work.haveRoom.add(key)) {
                work.done += WORK_OF_FILLING;
            }
        }
    }

    /**
     * There is room again for recordings and messages that were too many: for the first of these. It goes on later, if they are large.
     *
     * @param hasPlace whether the first one has waited for its time already
     */
    private void fill(SessionKey key, boolean hasPlace, Work work) {
        String account = key.accountId();
        Anchor own = Anchor.ofSession(key);
        Meeting later = meeting(own);
        if (later.isToBePlaced) {
            return;
        }
        boolean isReady = hasPlace;
        Session session = sessions.get(key).session();
        Set<FactId> things = new TreeSet<>();
        Mention.of(session).forEach(mention -> things.add(new FactId(mention.kind(), mention.id(), "")));
        for (MailboxVisit visit : visits(session)) {
            Meeting mailbox = store.find(Anchor.of(account, visit));
            if (mailbox != null) {
                mailbox.notices.forEach(id -> things.add(new FactId(FactKind.VOICEMAIL, id, "")));
            }
        }
        session.facts().facts().forEach(fact -> things.remove(fact.id()));
        for (FactId thing : things) {
            Anchor anchor = Anchor.of(account, thing.kind(), thing.id());
            Meeting meeting = store.find(anchor);
            if (meeting == null || meeting.notices.isEmpty() || !isShown(anchor, meeting, session)) {
                continue;
            }
            long at = isReady ? 0 : pace.reserve(account, meeting.noticeBytes, work.time);
            if (at != 0) {
                placeLater(own, later, at);
                return;
            }
            isReady = false;
            FactNotice notice = counting(anchor, meeting);
            if (notice != null && !show(key, notice, work)) {
                // It is full again, and what follows comes behind this one.
                return;
            }
        }
    }

    private static boolean isShown(Anchor thing, Meeting meeting, Session session) {
        return session.id().equals(meeting.placedIn)
                || (thing.isRecording() && meeting.mentioning().contains(session.id()));
    }

    /** Whether that changes anything. */
    private boolean show(SessionKey key, FactNotice notice, Work work) {
        SessionFacts before = sessions.glance(key).later().facts();
        SessionFacts after = before.with(notice.kept());
        if (after.equals(before)) {
            return false;
        }
        work.change(key, after);
        return true;
    }

    /** The open sessions that show it; first the one that it belongs to. */
    private Set<String> showing(FactNotice notice, Meeting meeting) {
        String account = notice.accountId();
        Set<String> showing = new LinkedHashSet<>();
        for (String id : meeting.naming()) {
            if (isSeen(new SessionKey(account, id))) {
                showing.add(id);
                if (!(notice.place() instanceof FactPlace.NamedByEvent)) {
                    return showing;
                }
            }
        }
        String only = showing.isEmpty() && notice.place() instanceof FactPlace.Mailbox message
                ? onlyVisitor(account, message, meeting.placedIn)
                : null;
        if (only != null) {
            showing.add(only);
        }
        return showing;
    }

    /** The only session that fits a message. If that is closed, the message stays where it is. */
    private @Nullable String onlyVisitor(String account, FactPlace.Mailbox message, @Nullable String placedIn) {
        String only = null;
        for (Anchor mailbox : Anchor.of(account, message)) {
            Meeting meeting = store.find(mailbox);
            if (meeting == null) {
                continue;
            }
            if (meeting.isCrowded()) {
                return null;
            }
            for (Map.Entry<String, List<MailboxVisit>> session :
                    meeting.visits().entrySet()) {
                String id = session.getKey();
                if (!id.equals(only) && session.getValue().stream().anyMatch(visit -> visit.fits(message))) {
                    if (only != null) {
                        return null;
                    }
                    only = id;
                }
            }
        }
        return only == null || isSeen(new SessionKey(account, only)) ? only : placedIn;
    }

    private boolean isClosed(String account, String id) {
        return sessions.glance(new SessionKey(account, id)).closed();
    }

    /** Whether it has events, and is not closed. */
    private boolean isSeen(SessionKey key) {
        return sessions.glance(key).isSeen();
    }

    /** The time of an entry has come. */
    public Step due(SessionKey entry, long time) {
        Anchor anchor = Anchor.ofQueue(entry);
        Meeting meeting = store.find(anchor);
        if (meeting == null || meeting.nextLook != time) {
            return Step.NOTHING;
        }
        Work work = new Work(time);
        if (meeting.isToBePlaced && !anchor.isSession()) {
            placeAgain(anchor, meeting, work);
        } else if (meeting.isToBePlaced && isSeen(new SessionKey(anchor.accountId(), anchor.id()))) {
            showAwaited(anchor, meeting, work);
            if (!meeting.isToBePlaced) {
                fill(new SessionKey(anchor.accountId(), anchor.id()), true, work);
            }
            return work.is(Fate.KEPT);
        }
        if (meeting.lastChange + lateWindow > time) {
            look(anchor, meeting, meeting.lastChange + lateWindow);
            if (!anchor.isSession()) {
                return work.is(Fate.WAITS);
            }
        }
        if (anchor.isMailbox()) {
            store.put(anchor, null);
            return work.is(Fate.KEPT);
        }
        if (!giveUp(anchor, meeting, work)) {
            look(anchor, meeting, time);
        } else if (anchor.isSession()) {
            forgetWait(anchor, meeting);
        } else if (isOpen(anchor, meeting)) {
            look(anchor, meeting, time + lateWindow);
        } else {
            store.put(anchor, null);
        }
        return work.is(Fate.WAITS);
    }

    /** Whether it is one of a mailbox or of a session that facts wait for; else of a call. */
    public static boolean isOf(SessionKey entry) {
        return Anchor.is(entry);
    }

    /** The account of an entry that {@link #isOf} one of these. */
    public static String accountOf(SessionKey entry) {
        return Anchor.ofQueue(entry).accountId();
    }

    /** What has waited for the late window goes back; false if that is too much for one step. */
    private boolean giveUp(Anchor anchor, Meeting meeting, Work work) {
        for (String name : List.copyOf(meeting.notices)) {
            RepartitionMessage.Routed notice = store.notice(anchor.accountId(), name);
            if (notice != null && notice.receivedAt() + lateWindow > work.time) {
                continue;
            }
            if (work.givenBackBytes > MOST_GIVEN_BACK_BYTES) {
                return false;
            }
            giveBack(anchor, meeting, name, work);
        }
        return true;
    }

    private void giveBack(Anchor anchor, Meeting meeting, String name, Work work) {
        RepartitionMessage.Routed notice = store.notice(anchor.accountId(), name);
        if (notice != null && meeting.placedIn == null) {
            work.out.add(new StageOutput.Unplaced(
                    notice, new EnvelopeIds(anchor.isSession() ? anchor.id() : null, anchor.accountId(), null)));
            work.givenBackBytes += notice.value().length;
        }
        store.put(anchor.accountId(), name, null);
        meeting.notices.remove(name);
    }

    private void forgetWait(Anchor anchor, Meeting meeting) {
        if (!meeting.notices.isEmpty()) {
            store.put(anchor, meeting);
            return;
        }
        store.put(anchor, null);
        SessionKey key = new SessionKey(anchor.accountId(), anchor.id());
        SessionState state = sessions.state(key);
        sessions.putState(key, state.later(state.later().awaited(false)));
    }

    private boolean isOpen(Anchor anchor, Meeting meeting) {
        String account = anchor.accountId();
        return (meeting.placedIn != null && isSeen(new SessionKey(account, meeting.placedIn)))
                || meeting.mentioning().stream().anyMatch(id -> isSeen(new SessionKey(account, id)));
    }

    private Meeting meeting(Anchor anchor) {
        Meeting known = store.find(anchor);
        return known != null ? known : new Meeting();
    }

    /** Writes a meeting that has changed, and has it looked at when it can be forgotten. */
    private void keep(Anchor anchor, Meeting meeting, long time) {
        meeting.lastChange = Math.max(meeting.lastChange, time);
        if (meeting.nextLook == 0) {
            look(anchor, meeting, time + lateWindow);
        } else {
            store.put(anchor, meeting);
        }
    }

    private void look(Anchor anchor, Meeting meeting, long time) {
        meeting.nextLook = time;
        due.add(time, anchor.inQueue());
        store.put(anchor, meeting);
    }

    private void forgetNotices(Anchor anchor, Meeting meeting) {
        meeting.notices.forEach(name -> store.put(anchor.accountId(), name, null));
        meeting.notices.clear();
    }

    /** The one notice of a recording or message that counts; null if none has come. */
    private @Nullable FactNotice counting(Anchor anchor, Meeting meeting) {
        return meeting.notices.isEmpty() ? null : read(store.notice(anchor.accountId(), meeting.notices.first()));
    }

    /** Null too if it is of a kind that another version of Callweave kept. */
    private @Nullable FactNotice read(RepartitionMessage.@Nullable Routed routed) {
        return routed != null && reader.read(routed.value(), routed.headerAccount()) instanceof ParseResult.OfFact fact
                ? fact.notice()
                : null;
    }

    /** Equal for equal bodies. */
    private static String name(FactNotice notice) {
        return notice.kind().wireName() + "/" + notice.id() + "/"
                + HexFormat.of().formatHex(notice.whole().body().sha256(), 0, 16);
    }
}
