package io.callweave.bench.figures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The measurements of a subject, one for each round. */
public record Rounds(List<Measurement> all) {

    public Rounds {
        all = List.copyOf(all);
    }

    /** A figure of each round. */
    public double[] figures(ToDoubleFunction<Measurement> figure) {
        return all.stream().mapToDouble(figure).toArray();
    }

    /** For programs: rates are notifications per second, times CPU seconds per million. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("perSecond", figures(Measurement::perSecond));
        json.put("cpuSecondsPerMillion", figures(Measurement::cpuPerMillion));
        Map<String, Object> byThread = new LinkedHashMap<>();
        for (ThreadKind kind : ThreadKind.values()) {
            byThread.put(kind.word(), figures(round -> round.perMillion(kind)));
        }
        json.put("cpuSecondsPerMillionByThread", byThread);
        return json;
    }
}
