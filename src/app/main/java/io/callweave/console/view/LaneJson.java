package io.callweave.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.value.Timestamps;
import io.callweave.words.Arrow;
import io.callweave.words.PartyLane;
import io.callweave.words.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps and the picture of a call as JSON. */
public final class LaneJson {

    private LaneJson() {}

    public static ArrayNode lanes(List<PartyLane> lanes) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        lanes.forEach(lane -> all.add(lane(lane)));
        return all;
    }

    public static ObjectNode lane(PartyLane lane) {
        ObjectNode one = lane(
                JsonNodeFactory.instance.objectNode(),
                lane.ref().telephonySessionId(),
                String.valueOf(lane.ref().partyId()),
                lane.label(),
                lane.session(),
                lane.role(),
                lane.answered());
        one.put("note", lane.note());
        ArrayNode spans = one.putArray("spans");
        lane.spans().forEach(span -> span(spans, span));
        ArrayNode events = one.putArray("events");
        lane.events().forEach(event -> event(events, event, null, false));
        return one;
    }

    static ObjectNode lane(
            ObjectNode lane,
            String sessionId,
            String partyId,
            String label,
            int session,
            String role,
            boolean answered) {
        return lane.put("sessionId", sessionId)
                .put("partyId", partyId)
                .put("label", label)
                .put("session", session)
                .put("role", role)
                .put("answered", answered)
                .putNull("note");
    }

    static void span(ArrayNode spans, PartyLane.Span span) {
        Long to = span.to();
        spans.addObject()
                .put("from", Timestamps.iso(span.from()))
                .put("to", to == null ? null : Timestamps.iso(to))
                .put("state", span.state());
    }

    static void event(ArrayNode events, PartyLane.Event event, @Nullable Long sequence, boolean late) {
        events.addObject()
                .put("at", Timestamps.iso(event.at()))
                .put("sequence", sequence)
                .put("status", event.status())
                .put("late", late);
    }

    public static ArrayNode arrows(List<Arrow> arrows) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        arrows.forEach(arrow -> all.addObject()
                .put("at", Timestamps.iso(arrow.at()))
                .put("fromLane", arrow.fromLane())
                .put("toLane", arrow.toLane())
                .put("kind", arrow.kind())
                .put("text", arrow.text()));
        return all;
    }

    /**
     * The steps, each with its time and how long after the start it was.
     *
     * @param start of the call, in milliseconds since the epoch
     */
    public static ArrayNode steps(List<Step> steps, long start) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        steps.forEach(step -> all.addObject()
                .put("at", Timestamps.iso(step.at()))
                .put("afterMs", step.at() - start)
                .put("text", step.text()));
        return all;
    }

    public static ArrayNode texts(List<String> texts) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        texts.forEach(all::add);
        return all;
    }
}
