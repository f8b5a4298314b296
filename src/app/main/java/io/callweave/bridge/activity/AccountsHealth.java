package io.callweave.bridge.activity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.bridge.SinkStatus;
import io.callweave.feedgap.FeedGap;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How each account is, as JSON for operators. Paths and tokens are not in it: they are what a sender has to know. */
public final class AccountsHealth {

    private static final JsonFactory JSON = new JsonFactory();

    private AccountsHealth() {}

    public static String json(Map<String, AccountActivity> accounts, SinkStatus spool, long now) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("spool");
            json.writeNumberField("depth", spool.depth());
            json.writeNumberField("bytes", spool.bytes());
            json.writeNumberField("oldestAgeMs", spool.oldestAgeMs());
            json.writeBooleanField("full", !spool.room());
            json.writeEndObject();
            names(json, "silent", accounts, account -> account.watch().silent());
            names(json, "withProblem", accounts, AccountActivity::hasProblem);
            json.writeArrayFieldStart("accounts");
            for (Map.Entry<String, AccountActivity> account : accounts.entrySet()) {
                write(json, account.getKey(), account.getValue(), now);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory does not fail
        }
        return text.toString();
    }

    /** The ids alone, before the long list. */
    private static void names(
            JsonGenerator json, String field, Map<String, AccountActivity> accounts, Predicate<AccountActivity> which)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (Map.Entry<String, AccountActivity> account : accounts.entrySet()) {
            if (which.test(account.getValue())) {
                json.writeString(account.getKey());
            }
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String id, AccountActivity account, long now) throws IOException {
        SilenceWatch watch = account.watch();
        json.writeStartObject();
        json.writeStringField("accountId", id);
        Long last = account.lastReceivedAt();
        json.writeFieldName("lastNotificationAt");
        json.writeString(last == null ? null : Instant.ofEpochMilli(last).toString());
        number(json, "lastLagMs", account.lastLagMs());
        json.writeBooleanField("fetchedElsewhere", account.isElsewhere());
        number(json, "silentForMs", account.isElsewhere() ? null : Math.max(0, now - watch.last()));
        json.writeBooleanField("silent", watch.silent());
        double expected = watch.expectedPerHour(now);
        number(json, "expectedPerHour", Double.isNaN(expected) ? null : Math.round(expected));
        json.writeNumberField("perMinute", account.perMinute(now));
        write(json, account.connection(), account.lastGap());
        write(json, account.names());
        json.writeArrayFieldStart("artifactProblems");
        for (String problem : account.artifactProblems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("outcomes");
        for (Map.Entry<String, Long> outcome : account.outcomes().entrySet()) {
            json.writeNumberField(outcome.getKey(), outcome.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Nothing of accounts that others connect. */
    private static void write(JsonGenerator json, @Nullable ConnectionState connection, @Nullable FeedGap lastGap)
            throws IOException {
        if (connection == null) {
            return;
        }
        json.writeObjectFieldStart("connection");
        json.writeStringField("transport", connection.transport());
        json.writeStringField("state", connection.state());
        json.writeStringField("since", connection.since().toString());
        json.writeStringField("problem", connection.problem());
        json.writeStringField("expires", text(connection.expires()));
        json.writeStringField("lastGapFrom", lastGap == null ? null : text(Instant.ofEpochMilli(lastGap.from())));
        json.writeStringField("lastGapAt", lastGap == null ? null : text(Instant.ofEpochMilli(lastGap.to())));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, @Nullable NamesState names) throws IOException {
        if (names == null) {
            return;
        }
        json.writeObjectFieldStart("names");
        json.writeStringField("readAt", text(names.readAt()));
        json.writeNumberField("extensions", names.extensions());
        json.writeStringField("problem", names.problem());
        json.writeEndObject();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static void number(JsonGenerator json, String name, @Nullable Long value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
