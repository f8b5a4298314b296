package io.callweave.audit;

import static io.callweave.value.Meaning.says;

import io.callweave.audit.AuditDifference.FieldDifference;
import io.callweave.audit.AuditDifference.Kind;
import io.callweave.value.Timestamps;
import io.callweave.value.ValueType;

/** Comparisons and their differences as JSON, UTF-8. */
public final class AuditJson {

    private static final ValueType<FieldDifference> FIELD = ValueType.<FieldDifference>named(
                    "audit-field", says("A field that differs."))
            .text(
                    "field",
                    FieldDifference::field,
                    says("Its name. `doubled`: the log has the session twice for one extension. `cut`: it has two records"
                                    + " of one extension, one after the other.")
                            .known(
                                    "startTime",
                                    "durationMs",
                                    "direction",
                                    "result",
                                    "from",
                                    "to",
                                    "extensionId",
                                    "doubled",
                                    "cut"))
            .textOrNull("here", FieldDifference::here, says("The value in the call; of `doubled` and `cut`, its id."))
            .textOrNull(
                    "there",
                    FieldDifference::there,
                    says("The value in the log; of `doubled` and `cut`, the ids of its records."))
            .end();

    private static final ValueType<AuditDifference> DIFFERENCE = ValueType.<AuditDifference>named(
                    "audit-difference", says("A session that is not the same in calls and log."))
            .text(
                    "kind",
                    difference -> difference.kind().word(),
                    says("How it differs.").known("differs", "onlyHere", "onlyThere", "partial", "unsettled"))
            .text("accountId", AuditDifference::accountId, says("The account."))
            .text("telephonySessionId", AuditDifference::telephonySessionId, says("The session."))
            .textOrNull("callId", AuditDifference::callId, says("The call that it is part of; null if there is none."))
            .time(
                    "startTime",
                    AuditDifference::startTime,
                    says("Its start, as in the call; of `onlyThere`, as in the log."))
            .flag(
                    "inFeedGap",
                    AuditDifference::inFeedGap,
                    says("Notifications may be missing at that time.").see("connect.md#gaps"))
            .textOrNull(
                    "otherAccount",
                    AuditDifference::otherAccount,
                    says(
                            "`another` if this is a call of another account. The command `audit` names it, if it compares that"
                                    + " account, too."))
            .texts("logRecords", AuditDifference::logRecords, id -> id, says("Ids of its records in the log."))
            .objects("fields", FIELD, AuditDifference::fields, says("The fields that differ."))
            .end();

    public static final ValueType<AuditHour> HOUR = ValueType.<AuditHour>named(
                    "audits",
                    says("A comparison of an hour of an account with RingCentral's Call Log, session by session.")
                            .see("proof.md#do-your-calls-agree-with-ringcentrals-log"))
            .keyed("accountId/hour", false, "account", "schemaVersion")
            .text("accountId", AuditHour::accountId, says("The account."))
            .time("hour", AuditHour::hour, says("The start of the hour. Sessions that start in it are compared."))
            .time("comparedAt", AuditHour::comparedAt, says("When they were compared."))
            .integer("compared", hour -> hour.audit().compared(), says("Sessions that were compared."))
            .integer("equal", hour -> hour.count(Kind.EQUAL), says("Sessions that are the same."))
            .integer("differs", hour -> hour.count(Kind.DIFFERS), says("Sessions with fields that differ."))
            .integer("onlyHere", hour -> hour.count(Kind.ONLY_HERE), says("Sessions that the log does not have."))
            .integer("onlyThere", hour -> hour.count(Kind.ONLY_THERE), says("Sessions that no call has."))
            .integer(
                    "partial",
                    hour -> hour.count(Kind.PARTIAL),
                    says("Sessions of calls that are partial or backfilled."))
            .integer("unsettled", hour -> hour.count(Kind.UNSETTLED), says("Sessions of which the log may change."))
            .integer(
                    "notEnded",
                    hour -> hour.audit().notEnded(),
                    says("Sessions that had not ended, or too late to be compared."))
            .objects("differences", DIFFERENCE, AuditHour::differences, says("The newest 100 of them."))
            .end();

    private static final int USUAL_SIZE = 512;

    private AuditJson() {}

    /** One line. */
    public static byte[] write(AuditDifference difference) {
        return DIFFERENCE.json(difference, USUAL_SIZE);
    }

    /** One line. */
    public static byte[] write(AuditHour hour) {
        return HOUR.json(hour, USUAL_SIZE);
    }

    /** The key of its record. */
    public static String key(AuditHour hour) {
        return hour.accountId() + "/" + Timestamps.iso(hour.hour());
    }
}
