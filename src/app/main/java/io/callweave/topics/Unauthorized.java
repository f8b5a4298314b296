package io.callweave.topics;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Says in one sentence which permission a Kafka client lacks. Kafka's own exceptions name at most the resource, and
 * never the operation; the caller knows the operation.
 */
public final class Unauthorized {

    /** The end of every such sentence. */
    public static final String WHAT_TO_DO = "\"callweave topics acls\" prints the permissions that each role needs.";

    private Unauthorized() {}

    /** Whether a permission was missing, at any depth of the causes. */
    public static boolean is(Throwable failure) {
        return cause(failure) != null;
    }

    /**
     * The sentence; empty if the failure has another cause.
     *
     * @param operation the attempted operation
     * @param topic the attempted topic, if the failure does not name it
     */
    public static Optional<String> sentence(Throwable failure, AclOperation operation, String topic) {
        AuthorizationException refusal = cause(failure);
        return refusal == null ? Optional.empty() : Optional.of(sentence("needs " + needed(refusal, operation, topic)));
    }

    /**
     * The sentence about what a client lacks.
     *
     * @param needs what the client needs, in words that follow "this client"
     */
    public static String sentence(String needs) {
        return "Kafka does not authorize this client, which " + needs + "; " + WHAT_TO_DO;
    }

    private static String needed(AuthorizationException refusal, AclOperation operation, String topic) {
        if (refusal instanceof GroupAuthorizationException group) {
            return "Read on the group " + group.groupId();
        }
        if (refusal instanceof TransactionalIdAuthorizationException) {
            return "Write on its transactional ids";
        }
        if (refusal instanceof TopicAuthorizationException topics) {
            String names = topics.unauthorizedTopics().isEmpty()
                    ? topic
                    : topics.unauthorizedTopics().stream().sorted().collect(Collectors.joining(", "));
            return inWords(operation) + " on the topic " + names;
        }
        // An idempotent producer that may not write to any topic.
        return inWords(operation) + " on the topic " + topic + " (" + refusal.getMessage() + ")";
    }

    /** An operation as Kafka's tools write it, such as {@code DescribeConfigs}. */
    public static String inWords(AclOperation operation) {
        StringBuilder words = new StringBuilder();
        for (String word : operation.name().split("_", -1)) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }

    private static @Nullable AuthorizationException cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException refusal) {
                return refusal;
            }
        }
        return null;
    }
}
