package io.callweave.report;

import io.callweave.audit.Audit;
import io.callweave.audit.AuditDifference;
import io.callweave.audit.AuditDifference.FieldDifference;
import io.callweave.audit.AuditDifference.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of comparisons with the Call Log. */
public final class AuditTables {

    private AuditTables() {}

    /** How many sessions of each account are how. */
    public static Table counts(Map<String, Audit> audits) {
        Table.Builder table = new Table.Builder("audit", "Accounts", "No account was compared.")
                .text("account", "Account")
                .figure("compared", "Sessions", "Sessions that started in the period and ended long enough ago.")
                .figure("equal", "Equal", "")
                .figure("differs", "Different", "Some field is another one.")
                .figure("onlyHere", "Only here", "The log has no record of the session.")
                .figure("onlyThere", "Only in the log", "No call has the session.")
                .figure("inFeedGap", "In a gap", "Of those only in the log: notifications may be missing.")
                .figure(
                        "partial",
                        "Partial here",
                        "The call itself says that it is not complete, or is known from the log alone.")
                .figure("unsettled", "Log not settled", "The log may still change. Compare again later.")
                .figure("notEnded", "Not compared", "Sessions that had not ended, or not long enough ago.")
                .figure(
                        "agreement",
                        "Agreement",
                        "Equal sessions, of all that are complete here and settled in the log.");
        audits.forEach((account, audit) -> table.row(
                Cell.text(account),
                Cell.number(audit.compared()),
                Cell.number(audit.count(Kind.EQUAL)),
                Cell.number(audit.count(Kind.DIFFERS)),
                Cell.number(audit.count(Kind.ONLY_HERE)),
                Cell.number(audit.count(Kind.ONLY_THERE)),
                Cell.number(audit.differences().stream()
                        .filter(each -> each.kind() == Kind.ONLY_THERE && each.inFeedGap())
                        .count()),
                Cell.number(audit.count(Kind.PARTIAL)),
                Cell.number(audit.count(Kind.UNSETTLED)),
                Cell.number(audit.notEnded()),
                Cell.ratio(audit.count(Kind.EQUAL), audit.comparable())));
        return table.end();
    }

    /**
     * One row for each difference.
     *
     * @param phone how a phone number is shown
     */
    public static Table differences(Collection<Audit> audits, UnaryOperator<String> phone) {
        Table.Builder table = new Table.Builder(
                        "differences", "Differences", "Every session is the same in calls and log.")
                .text("kind", "What")
                .text("startTime", "Started")
                .text("accountId", "Account")
                .text("fields", "Fields")
                .text("here", "Here")
                .text("there", "In the log")
                .text("inFeedGap", "In a gap")
                .text("otherAccount", "Account here")
                .text("telephonySessionId", "Session")
                .text("callId", "Call")
                .text("logRecords", "Records of the log");
        audits.stream()
                .flatMap(audit -> audit.differences().stream())
                .forEach(difference -> table.row(
                        Cell.text(difference.kind().word()),
                        new Cell.Time(difference.startTime()),
                        Cell.text(difference.accountId()),
                        Cell.text(joined(difference, FieldDifference::field)),
                        Cell.text(joined(difference, field -> shown(field, field.here(), phone))),
                        Cell.text(joined(difference, field -> shown(field, field.there(), phone))),
                        Cell.text(difference.inFeedGap() ? "yes" : null),
                        Cell.text(difference.otherAccount()),
                        Cell.text(difference.telephonySessionId()),
                        Cell.text(difference.callId()),
                        Cell.text(String.join(" ", difference.logRecords()))));
        return table.end();
    }

    private static String joined(AuditDifference difference, Function<FieldDifference, @Nullable String> text) {
        return difference.fields().stream()
                .map(field -> String.valueOf(text.apply(field)))
                .collect(Collectors.joining("; "));
    }

    private static String shown(FieldDifference field, @Nullable String value, UnaryOperator<String> phone) {
        boolean party = field.field().equals("from") || field.field().equals("to");
        return value == null ? "–" : party ? phone.apply(value) : value;
    }
}
