package io.callweave.files;

import io.callweave.call.fact.FactKind;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.ParseResult;
import io.callweave.notification.Transcripts;
import io.callweave.settings.InsightsDetail;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads notifications of files as they would be on their topic: of AI insights only as much as a bridge keeps. */
public final class KeptNotifications {

    private final NotificationLimits limits;
    private final NotificationReader reader;
    private final InsightsDetail insights;

    public KeptNotifications(NotificationLimits limits, InsightsDetail insights) {
        this.limits = limits;
        this.reader = new NotificationReader(limits);
        this.insights = insights;
    }

    /** Of what a bridge has kept already. */
    public static KeptNotifications ofTopic(NotificationLimits limits) {
        return new KeptNotifications(limits, InsightsDetail.FULL);
    }

    public NotificationLimits limits() {
        return limits;
    }

    /** Reads one. */
    public ParseResult read(byte[] value) {
        ParseResult whole = reader.read(value);
        if (!(whole instanceof ParseResult.OfFact fact) || fact.notice().kind() != FactKind.INSIGHTS) {
            return whole;
        }
        return switch (insights) {
            case FULL -> whole;
            case SUMMARY -> reader.read(kept(FactKind.INSIGHTS, value));
            case OFF -> new ParseResult.Skipped(fact.known(), OtherEvent.OTHER);
        };
    }

    /** What is kept of a later fact. */
    public byte[] kept(FactKind kind, byte[] value) {
        if (kind != FactKind.INSIGHTS || insights == InsightsDetail.FULL) {
            return value;
        }
        try {
            return Transcripts.removedFrom(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was JSON a moment ago
        }
    }
}
