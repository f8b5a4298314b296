package io.callweave.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.metrics.Count;
import io.callweave.metrics.Distribution;
import io.callweave.metrics.Figure;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The figures of one window as one line of JSON; docs/metrics.md has the formula of each. */
public final class WindowJson {

    private static final int RATIO_DECIMALS = 4;

    private WindowJson() {}

    public static String key(WindowKey window) {
        return window.accountId() + "/" + window.scope().wireName() + "/" + window.scopeId() + "/"
                + window.size().name() + "/" + Timestamps.iso(window.start());
    }

    /**
     * Writes one window.
     *
     * @param end of the window, in milliseconds since the epoch
     * @param aggregate of one call at least
     * @param scopeName what people call the extension or queue; null if that is not known
     * @param thresholdMs of the service level
     * @return UTF-8, no line break
     */
    public static byte[] write(
            WindowKey window, @Nullable String scopeName, long end, WindowAggregate aggregate, long thresholdMs) {
        return Json.write(1024, out -> {
            Json json = new Json(out);
            out.writeStartObject();
            json.string("accountId", window.accountId());
            json.string("scope", window.scope().wireName());
            json.string("scopeId", window.scopeId());
            json.string("scopeName", scopeName);
            json.string("window", window.size().name());
            json.time("windowStart", window.start());
            json.time("windowEnd", end);
            counts(json, aggregate);
            figure(json, "ring", aggregate.figure(Figure.RING));
            figure(json, "talk", aggregate.figure(Figure.TALK));
            figure(json, "hold", aggregate.figure(Figure.HOLD));
            figure(json, "timeToAnswer", aggregate.figure(Figure.TIME_TO_ANSWER));
            figure(json, "duration", aggregate.figure(Figure.DURATION));
            serviceLevel(json, aggregate, thresholdMs);
            out.writeEndObject();
        });
    }

    private static void counts(Json json, WindowAggregate aggregate) throws IOException {
        json.number("calls", aggregate.count(Count.CALLS));
        json.number("answered", aggregate.count(Count.ANSWERED));
        json.number("answeredElsewhere", aggregate.count(Count.ANSWERED_ELSEWHERE));
        json.number("voicemail", aggregate.count(Count.VOICEMAIL));
        json.number("abandoned", aggregate.count(Count.ABANDONED));
        json.number("missed", aggregate.count(Count.MISSED));
        json.number("unanswered", aggregate.count(Count.UNANSWERED));
        json.number("fax", aggregate.count(Count.FAX));
        json.number("transferred", aggregate.count(Count.TRANSFERRED));
        json.number("inbound", aggregate.count(Count.INBOUND));
        json.number("outbound", aggregate.count(Count.OUTBOUND));
        json.number("internal", aggregate.count(Count.INTERNAL));
        json.number("partial", aggregate.count(Count.PARTIAL));
    }

    private static void figure(Json json, String name, Distribution values) throws IOException {
        JsonGenerator out = json.out();
        boolean some = values.count() > 0;
        json.object(name);
        json.number("count", values.count());
        json.number("sumMs", values.sum());
        json.number("avgMs", some ? Long.valueOf(values.average()) : null);
        json.number("maxMs", some ? Long.valueOf(values.max()) : null);
        for (int percent : new int[] {50, 90, 95, 99}) {
            json.number("p" + percent + "Ms", some ? Long.valueOf(values.percentile(percent)) : null);
        }
        out.writeEndObject();
    }

    private static void serviceLevel(Json json, WindowAggregate aggregate, long thresholdMs) throws IOException {
        long inTime = aggregate.count(Count.SERVED_IN_TIME);
        long all = aggregate.count(Count.SERVED) + aggregate.count(Count.MISSED) + aggregate.count(Count.ABANDONED);
        json.object("serviceLevel");
        json.number("thresholdMs", thresholdMs);
        json.number("answeredWithin", inTime);
        if (all == 0) {
            json.none("ratio");
        } else {
            json.name("ratio");
            json.out()
                    .writeNumber(BigDecimal.valueOf(inTime)
                            .divide(BigDecimal.valueOf(all), RATIO_DECIMALS, RoundingMode.HALF_UP));
        }
        json.out().writeEndObject();
    }
}
