package io.callweave.console.store;

import io.callweave.access.AccountScope;
import io.callweave.console.view.CallTexts;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A condition of SQL with its values. Each begins with the accounts that somebody may see: there is no other way to make one. */
final class Where {

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private boolean ofOne;

    private Where() {}

    /** Of the accounts that somebody may see. */
    static Where visible(AccountScope scope) {
        Where where = new Where();
        if (scope.isOperator()) {
            where.sql.append("1");
        } else {
            List<String> accounts = new ArrayList<>(new TreeSet<>(scope.accounts()));
            where.sql.append("account IN (").append(marks(accounts.size())).append(')');
            where.values.addAll(accounts);
            where.ofOne = accounts.size() == 1;
        }
        return where;
    }

    /** One call, if it may be seen and is no part of another one. */
    static Where one(AccountScope scope, String accountId, String callId) {
        return visible(scope)
                .and("account = ?", accountId)
                .and("call = ?", callId)
                .and("status <> ?", StoredCall.SUPERSEDED);
    }

    /** One call that is part of another one, if it may be seen. */
    static Where part(AccountScope scope, String accountId, String callId) {
        return visible(scope)
                .and("account = ?", accountId)
                .and("call = ?", callId)
                .and("status = ?", StoredCall.SUPERSEDED);
    }

    /** Of these, the calls that are asked for, without those that are part of another call. */
    static Where matching(AccountScope scope, ListFilter filter) {
        Where where = visible(scope)
                .and("status <> ?", StoredCall.SUPERSEDED)
                .andIf("account = ?", filter.account())
                .andIf("start >= ?", filter.from())
                .andIf("start < ?", filter.to())
                .andIf("direction = ?", filter.direction())
                .andIf("status = ?", filter.status())
                .andIf("talk >= ?", filter.minTalkMs());
        where.ofOne |= filter.account() != null;
        if (filter.extension() != null) {
            where.and("instr(extensions, ?)", " " + filter.extension() + " ");
        }
        if (filter.queue() != null) {
            where.and("instr(queues, ?)", " " + filter.queue() + " ");
        }
        if (!filter.outcomes().isEmpty()) {
            where.and(
                    "outcome IN (" + marks(filter.outcomes().size()) + ")",
                    filter.outcomes().toArray());
        }
        if (filter.transferred() != null) {
            where.and(filter.transferred() ? "transfers > 0" : "transfers = 0");
        }
        if (filter.artifact() != null) {
            where.and("instr(artifacts, ?)", " " + filter.artifact() + " ");
        }
        if (filter.days() != null) {
            where.on(filter.days());
        }
        if (filter.text() != null) {
            List<Object> bound = new ArrayList<>(List.of(searched(filter.text())));
            filter.named().forEach(extension -> bound.add(" " + extension + " "));
            where.and(
                    "(instr(text, ?)"
                            + " OR instr(extensions, ?)".repeat(filter.named().size()) + ")",
                    bound.toArray());
        }
        return where;
    }

    private void on(ListedDays days) {
        and("start >= ? AND start < ?", days.all().from(), days.all().to());
        days.others()
                .forEach((span, accounts) -> and(
                                "(start >= ? AND start < ? OR account NOT IN (" + marks(accounts.size()) + "))",
                                span.from(),
                                span.to())
                        .bound(accounts));
        Set<String> others = new TreeSet<>();
        days.others().values().forEach(others::addAll);
        if (!others.isEmpty()) {
            and(
                            "(start >= ? AND start < ? OR account IN (" + marks(others.size()) + "))",
                            days.usual().from(),
                            days.usual().to())
                    .bound(others);
        }
    }

    private void bound(Collection<String> accounts) {
        values.addAll(accounts);
    }

    /** Numbers are stored as digits, names in lower case. */
    static String searched(String text) {
        return text.chars().anyMatch(Character::isLetter)
                        || CallTexts.digits(text).isEmpty()
                ? text.strip().toLowerCase(Locale.ROOT)
                : CallTexts.digits(text);
    }

    Where and(String condition, Object... bound) {
        sql.append(" AND ").append(condition);
        Collections.addAll(values, bound);
        return this;
    }

    Where andIf(String condition, @Nullable Object bound) {
        return bound == null ? this : and(condition, bound);
    }

    private static String marks(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }

    /** Whether all are of one account. */
    boolean isOfOne() {
        return ofOne;
    }

    String sql() {
        return " WHERE " + sql;
    }

    void bind(PreparedStatement statement) throws SQLException {
        bind(statement, 0);
    }

    /** @param before how many other values are before these */
    void bind(PreparedStatement statement, int before) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(before + i + 1, values.get(i));
        }
    }
}
