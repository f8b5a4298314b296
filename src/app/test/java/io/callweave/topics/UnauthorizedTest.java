package io.callweave.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class UnauthorizedTest {

    private static final String WHAT_TO_DO = "; \"callweave topics acls\" prints the permissions that each role needs.";

    @Test
    void shouldNameTheOperationAndTheTopicsThatTheFailureNames() {
        KafkaException failure = new KafkaException(new TopicAuthorizationException(Set.of("b", "a")));

        assertThat(Unauthorized.sentence(failure, AclOperation.DESCRIBE_CONFIGS, "other"))
                .contains("Kafka does not authorize this client, which needs DescribeConfigs on the topic a, b"
                        + WHAT_TO_DO);
    }

    @Test
    void shouldNameTheAttemptedTopicIfTheFailureDoesNot() {
        assertThat(Unauthorized.sentence(
                        new TopicAuthorizationException("Authorization failed."), AclOperation.CREATE, "calls"))
                .contains("Kafka does not authorize this client, which needs Create on the topic calls" + WHAT_TO_DO);
    }

    @Test
    void shouldNameGroupsAndTransactionalIds() {
        assertThat(Unauthorized.sentence(GroupAuthorizationException.forGroupId("app"), AclOperation.READ, ""))
                .contains("Kafka does not authorize this client, which needs Read on the group app" + WHAT_TO_DO);
        assertThat(Unauthorized.sentence(new TransactionalIdAuthorizationException("no"), AclOperation.READ, ""))
                .contains("Kafka does not authorize this client, which needs Write on its transactional ids"
                        + WHAT_TO_DO);
    }

    @Test
    void shouldBeEmptyForOtherFailures() {
        assertThat(Unauthorized.sentence(new KafkaException(new TimeoutException("late")), AclOperation.READ, "a"))
                .isEmpty();
        assertThat(Unauthorized.is(new TimeoutException("late"))).isFalse();
    }
}
