package io.callweave.deliver.subscription;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which fields of a record a webhook has, if the subscription does not list them. */
public enum BodyShape {
    /** All. */
    RECORD("record", List.of()),
    /** Those of RingCentral's Call Log, and the identity of the record. */
    CALL_LOG(
            "call-log",
            List.of(
                    "callId",
                    "accountId",
                    "revision",
                    "epoch",
                    "status",
                    "supersededBy",
                    "feedGap",
                    "id",
                    "telephonySessionId",
                    "sessionId",
                    "partyId",
                    "type",
                    "direction",
                    "action",
                    "result",
                    "startTime",
                    "duration",
                    "durationMs",
                    "from",
                    "to",
                    "extension",
                    "recording",
                    "transferTarget",
                    "transferee",
                    "legs"));

    private final String wireName;
    private final List<String> fields;

    BodyShape(String wireName, List<String> fields) {
        this.wireName = wireName;
        this.fields = fields;
    }

    public String wireName() {
        return wireName;
    }

    /** Empty for all. */
    public List<String> fields() {
        return fields;
    }

    public static Optional<BodyShape> of(String wireName) {
        return Arrays.stream(values())
                .filter(shape -> shape.wireName.equals(wireName))
                .findFirst();
    }
}
