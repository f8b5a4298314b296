package io.callweave.bench.competitors;

import io.callweave.bench.dsl.DslTopology;
import java.util.List;

/** The topics that a subject writes, named as those of the DSL. */
public final class CompetitorTopics {

    private CompetitorTopics() {}

    /** All of them; none for one that writes to a database. */
    public static List<String> outputs(CompetitorSite site) {
        return site.competitor().kind() == Competitor.Kind.POSTGRESQL
                ? List.of()
                : List.of(events(site), calls(site), windows(site));
    }

    /** One record for each party of a notification. */
    public static String events(CompetitorSite site) {
        return site.prefix() + DslTopology.EVENTS;
    }

    /** Calls by their session. */
    public static String calls(CompetitorSite site) {
        return site.prefix() + DslTopology.CALLS;
    }

    public static String windows(CompetitorSite site) {
        return site.prefix() + DslTopology.WINDOWS;
    }
}
