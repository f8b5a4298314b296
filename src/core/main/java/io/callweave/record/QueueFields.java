package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.record.QueueVisit;
import io.callweave.value.ValueType;

/** A call in one queue. */
final class QueueFields {

    static final ValueType<QueueVisit> QUEUE = ValueType.<QueueVisit>named(
                    "queueVisit",
                    says("The call in one queue. Two visits to the same queue are one entry.")
                            .see("records.md#queues"))
            .titled("queue")
            .text("queueExtensionId", QueueVisit::queueExtensionId, says("The extension of the queue."))
            .textOrNull(
                    "name",
                    QueueVisit::name,
                    says("Latest `to.name` sent with that extension, else the name in `uiCallInfo`."))
            .time(
                    "enterTime",
                    QueueVisit::enterTime,
                    says("Smallest `startTime` of its own party and the parties that it rang."))
            .timeOrNull(
                    "answerTime", QueueVisit::answerTime, says("Earliest Answered of an answering party that it rang."))
            .time(
                    "leaveTime",
                    QueueVisit::leaveTime,
                    says("`answerTime`, else the earliest of: the end of its last party (if not over, its "
                            + "latest event); from `enterTime` on, the first voicemail and the first answer by "
                            + "another party."))
            .millis("waitMs", QueueVisit::waitMs, says("`leaveTime` − `enterTime`, at least 0."))
            .text(
                    "outcome",
                    queue -> queue.outcome().wireName(),
                    says("The first that fits: `answered` (by a party that it rang); from `enterTime` on, "
                                    + "`answeredElsewhere` (by another party), `voicemail`; `overflow` (the queue or queue "
                                    + "member that began last belongs to another queue), `abandoned`.")
                            .known("answered", "answeredElsewhere", "voicemail", "overflow", "abandoned"))
            .end();

    private QueueFields() {}
}
