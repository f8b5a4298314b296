package io.callweave.cli.deliver;

import io.callweave.deliver.post.Receiver.Post;
import io.callweave.deliver.queue.DeliverTopics;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Calls {@code s-0}, {@code s-1} … of account 1, revision by revision, and what a receiver got of them.
 *
 * @param prefix of the topics
 */
record NumberedCalls(String prefix, int number) {

    void subscribe(Producer<String, byte[]> producer, WebhookSubscription subscription) {
        var unused = producer.send(new ProducerRecord<>(
                new DeliverTopics(prefix).subscriptions(), subscription.id(), SubscriptionJson.write(subscription)));
        producer.flush();
    }

    /** One revision of each. */
    void emit(Producer<String, byte[]> producer, int revision) {
        for (int i = 0; i < number; i++) {
            String json = "{\"callId\":\"s-" + i + "\",\"accountId\":\"1\",\"revision\":" + revision
                    + ",\"epoch\":7,\"status\":\"complete\"}";
            var unused = producer.send(new ProducerRecord<>(
                    Topic.CALLS.name(prefix),
                    null,
                    "1/s-" + i,
                    json.getBytes(StandardCharsets.UTF_8),
                    List.of(Headers.text(Headers.ACCOUNT, "1"))));
        }
        producer.flush();
    }

    Map<String, Integer> allAt(int revision) {
        Map<String, Integer> all = new HashMap<>();
        for (int i = 0; i < number; i++) {
            all.put("s-" + i, revision);
        }
        return all;
    }

    /** The last revision of each call that an endpoint accepted. */
    static Map<String, Integer> accepted(List<Post> posts) {
        Map<String, Integer> last = new HashMap<>();
        posts.stream().filter(Post::accepted).forEach(post -> last.put(callId(post), revision(post)));
        return last;
    }

    /** Posts that came after one with a newer revision of the same call. */
    static List<String> overtaken(List<Post> posts) {
        List<String> late = new ArrayList<>();
        Map<String, Integer> newest = new HashMap<>();
        for (Post post : posts) {
            int before = newest.merge(callId(post), revision(post), Math::max);
            if (before > revision(post)) {
                late.add(post.id());
            }
        }
        return late;
    }

    static String callId(Post post) {
        return post.data().path("callId").asText();
    }

    static int revision(Post post) {
        return post.data().path("revision").asInt();
    }
}
