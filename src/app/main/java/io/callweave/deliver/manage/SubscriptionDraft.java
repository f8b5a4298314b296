package io.callweave.deliver.manage;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.subscription.BodyShape;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.SigningSecret;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WaitFor;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.record.TopicValues;
import io.callweave.settings.value.Spelling;
import io.callweave.topics.Topic;
import io.callweave.value.Field;
import io.callweave.value.Keyword;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as somebody asks for it, not checked yet.
 *
 * @param events names of types; empty for every record of a call
 * @param shape name of a {@link BodyShape}
 * @param waitFor kinds of artifacts
 * @param waitAtMost after the end of a call; only with kinds
 * @param secret reference to a secret; null for a new one
 * @param tested whether the endpoint must answer a test before calls follow
 */
public record SubscriptionDraft(
        String url,
        String account,
        Collection<String> events,
        CallFilter filter,
        String shape,
        List<String> fields,
        Collection<String> waitFor,
        Duration waitAtMost,
        @Nullable String secret,
        boolean tested) {

    /** One that waits for nothing. */
    public SubscriptionDraft(
            String url,
            String account,
            Collection<String> events,
            CallFilter filter,
            String shape,
            List<String> fields,
            @Nullable String secret,
            boolean tested) {
        this(url, account, events, filter, shape, fields, List.of(), Duration.ZERO, secret, tested);
    }

    private static final Set<String> DIRECTIONS = Set.of("Inbound", "Outbound");

    /** Of all that can be posted. A name that none has would give webhooks without data. */
    private static final Set<String> FIELDS = Stream.concat(
                    Stream.of(Occurrence.JOURNEY, Occurrence.EXTENSIONS, Occurrence.FEED_GAP),
                    Stream.of(Topic.CALLS, Topic.LIVE_CALLS, Topic.PARTY_EVENTS)
                            .flatMap(topic -> TopicValues.ofTopic(topic.suffix()).orElseThrow().fields().stream())
                            .map(Field::name))
            .collect(Collectors.toUnmodifiableSet());

    /** A subscription to a misspelt result would get nothing. */
    private static final List<?> RESULTS = (List<?>) Objects.requireNonNull(TopicValues.ofTopic(Topic.CALLS.suffix())
            .orElseThrow()
            .field("result")
            .meaning()
            .keywords()
            .get(Keyword.KNOWN_VALUES));

    private static final int LAST_PORT = 65_535;

    /** @throws SubscriptionException if something cannot be used */
    WebhookSubscription checked(String id, SigningSecret signing, long now) {
        if (!DIRECTIONS.containsAll(filter.directions())) {
            throw invalid("A direction must be Inbound or Outbound.");
        }
        List<String> results = RESULTS.stream().map(String::valueOf).toList();
        filter.results().stream()
                .filter(each -> !results.contains(each))
                .findFirst()
                .ifPresent(wrong -> {
                    throw invalid("A result must be one of " + String.join(", ", results) + "."
                            + Spelling.question(wrong, results));
                });
        if (filter.numbers().stream().anyMatch(each -> each.length() > CallFilter.LONGEST_NUMBER)) {
            throw invalid("A number to filter by can have at most " + CallFilter.LONGEST_NUMBER + " characters.");
        }
        if (Stream.of(filter.queues(), filter.extensions())
                .flatMap(Set::stream)
                .anyMatch(each -> each.length() > CallFilter.LONGEST_ID)) {
            throw invalid("An id to filter by can have at most " + CallFilter.LONGEST_ID + " characters.");
        }
        fields.stream().filter(field -> !FIELDS.contains(field)).findFirst().ifPresent(field -> {
            throw invalid("No record has a field " + field + "; \"callweave schema calls\" prints those of calls."
                    + Spelling.question(field, FIELDS));
        });
        if (!waitFor.isEmpty() && !types().contains(EventType.CALL_UPDATED)) {
            // What comes after the first record is a later revision of it.
            throw invalid("A subscription that waits needs the event " + EventType.CALL_UPDATED.wireName() + ".");
        }
        try {
            return new WebhookSubscription(
                    id,
                    endpoint(),
                    account,
                    types(),
                    filter,
                    BodyShape.of(shape).orElseThrow(() -> invalid("The shape must be record or call-log.")),
                    fields,
                    WaitFor.of(waitFor, waitAtMost),
                    List.of(signing),
                    tested ? SubscriptionState.UNVERIFIED : SubscriptionState.ACTIVE,
                    "",
                    now,
                    now);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        } catch (URISyntaxException e) {
            // Without the cause: its message quotes the URL.
            throw invalid("The endpoint must be a URL such as https://example.com/calls.");
        }
    }

    private URI endpoint() throws URISyntaxException {
        URI endpoint = new URI(url);
        if (endpoint.getPort() == 0 || endpoint.getPort() > LAST_PORT) {
            throw invalid("The port of an endpoint must be from 1 to " + LAST_PORT + ".");
        }
        return endpoint;
    }

    private Set<EventType> types() {
        if (events.isEmpty()) {
            return EventType.RECORDS;
        }
        List<String> all =
                EventType.selectable().stream().map(EventType::wireName).toList();
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (String name : events) {
            types.add(EventType.of(name)
                    .filter(EventType.selectable()::contains)
                    .orElseThrow(() -> invalid(
                            "An event must be one of " + String.join(", ", all) + "." + Spelling.question(name, all))));
        }
        return types;
    }

    private static SubscriptionException invalid(String message) {
        return new SubscriptionException(SubscriptionException.Kind.INVALID, message);
    }

    /** Without the URL, which can contain a secret. */
    @Override
    public String toString() {
        return "SubscriptionDraft[" + account + "]";
    }
}
