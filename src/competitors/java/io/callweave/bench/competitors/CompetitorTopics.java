package io.callweave.bench.competitors;

import io.callweave.bench.dsl.DslTopology;
import io.callweave.topics.Topic;

/** The topics of a subject, named as those of the DSL. */
public final class CompetitorTopics {

    private CompetitorTopics() {}

    public static String notifications(Competitor competitor) {
        return Topic.NOTIFICATIONS.name(competitor.prefix());
    }

    /** One record for each party of a notification. */
    public static String events(Competitor competitor) {
        return competitor.prefix() + DslTopology.EVENTS;
    }

    /** Calls by their session. */
    public static String calls(Competitor competitor) {
        return competitor.prefix() + DslTopology.CALLS;
    }

    public static String windows(Competitor competitor) {
        return competitor.prefix() + DslTopology.WINDOWS;
    }
}
