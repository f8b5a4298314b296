package io.callweave.topics;

import io.callweave.settings.value.PartitionBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Compares the topics of a cluster with their plan. */
public final class TopicCheck {

    private final TopicPlan plan;
    private final Optional<Integer> partitions;
    private final String hop;
    private final PartitionBy partitionBy;

    /**
     * A difference between a topic and the plan.
     *
     * @param matters false if Callweave still works
     * @param sentence names the topic, the setting, its value and the expected one
     */
    public record Difference(boolean matters, String sentence) {}

    /**
     * The expected state.
     *
     * @param partitions the number of each topic; empty if the operator decides it
     * @param hop the topic between router and stage, which Kafka Streams creates
     */
    public TopicCheck(TopicPlan plan, Optional<Integer> partitions, String hop, PartitionBy partitionBy) {
        this.plan = plan;
        this.partitions = partitions;
        this.hop = hop;
        this.partitionBy = partitionBy;
    }

    /**
     * The differences, those of {@code notifications} first.
     *
     * @param states the topics that exist, by name
     */
    public List<Difference> differences(Map<String, TopicState> states) {
        List<Difference> differences = new ArrayList<>();
        for (Topic topic : plan.topics()) {
            String name = plan.name(topic);
            TopicState state = states.get(name);
            if (state == null) {
                differences.add(new Difference(
                        !topic.isOptional(),
                        name + " is missing; \"callweave topics create\" makes it"
                                + (topic.withoutIt().isEmpty() ? "" : ", and without it " + topic.withoutIt()) + "."));
            } else {
                comparePartitions(topic, state, differences);
                compareConfigs(topic, state, differences);
            }
        }
        compareHop(states.get(hop), states.get(plan.name(Topic.NOTIFICATIONS)), differences);
        return differences;
    }

    private void comparePartitions(Topic topic, TopicState state, List<Difference> differences) {
        partitions
                .filter(wanted -> wanted != state.partitions() && !hasGrown(topic, state, wanted))
                .ifPresent(wanted -> differences.add(new Difference(
                        true,
                        sentence(
                                state.name(),
                                "the number of partitions",
                                Integer.toString(state.partitions()),
                                Integer.toString(wanted),
                                topic == Topic.NOTIFICATIONS ? otherwise() : ""))));
    }

    /** By session, somebody may have added partitions to the input. The others keep theirs. */
    private boolean hasGrown(Topic topic, TopicState state, int wanted) {
        return topic == Topic.NOTIFICATIONS && partitionBy == PartitionBy.SESSION && wanted < state.partitions();
    }

    private String otherwise() {
        return partitionBy == PartitionBy.SESSION ? "" : "; it cannot change in place: " + HopPartitions.ELSEWHERE;
    }

    private void compareConfigs(Topic topic, TopicState state, List<Difference> differences) {
        Map<String, String> policy = plan.policy(topic);
        for (Rule rule : Rule.values()) {
            String should = policy.get(rule.setting);
            if (should != null) {
                String is = state.config(rule.setting);
                Rule.Verdict verdict = rule.compare(is, should);
                if (verdict != Rule.Verdict.SAME) {
                    boolean matters = verdict == Rule.Verdict.MATTERS;
                    differences.add(new Difference(
                            matters,
                            sentence(
                                    state.name(),
                                    rule.setting,
                                    rule.shown(is),
                                    rule.shown(should),
                                    matters ? "" : "; that does no harm")));
                }
            }
        }
    }

    /** It may be absent: Kafka Streams creates it at the first start. */
    private void compareHop(
            @Nullable TopicState hop, @Nullable TopicState notifications, List<Difference> differences) {
        if (hop == null || notifications == null) {
            return;
        }
        HopPartitions.wrong(hop, notifications, partitionBy)
                .ifPresent(wrong -> differences.add(new Difference(true, wrong + ".")));
        for (HopNeeds.Lack lack : HopNeeds.lacks(hop, plan)) {
            differences.add(new Difference(
                    true, sentence(hop.name(), lack.setting(), lack.is(), lack.should(), ", or " + lack.otherwise())));
        }
    }

    private static String sentence(String topic, String setting, String is, String should, String more) {
        return topic + ": " + setting + " is " + is + " and should be " + should + more + ".";
    }

    /** The comparison of each setting. */
    private enum Rule {
        CLEANUP(TopicConfig.CLEANUP_POLICY_CONFIG) {
            @Override
            Verdict compare(String is, String should) {
                return same(TopicState.elements(is).equals(TopicState.elements(should)));
            }
        },
        RETENTION(TopicConfig.RETENTION_MS_CONFIG) {
            @Override
            Verdict compare(String is, String should) {
                return atLeast(is.equals("-1") ? Long.toString(Long.MAX_VALUE) : is, should);
            }

            @Override
            String shown(String value) {
                return value + " (" + TopicState.inWords(value) + ")";
            }
        },
        TIMESTAMP_TYPE(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG) {
            @Override
            Verdict compare(String is, String should) {
                return same(is.equals(should));
            }
        },
        COMPACTION_LAG(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG) {
            @Override
            Verdict compare(String is, String should) {
                return atLeast(is, should);
            }

            @Override
            String shown(String value) {
                return value + " (" + TopicState.inWords(value) + ")";
            }
        },
        RECORD_SIZE(TopicConfig.MAX_MESSAGE_BYTES_CONFIG) {
            @Override
            Verdict compare(String is, String should) {
                return atLeast(is, should);
            }
        };

        private enum Verdict {
            SAME,
            HARMLESS,
            MATTERS
        }

        private final String setting;

        Rule(String setting) {
            this.setting = setting;
        }

        abstract Verdict compare(String is, String should);

        String shown(String value) {
            return value;
        }

        private static Verdict same(boolean same) {
            return same ? Verdict.SAME : Verdict.MATTERS;
        }

        private static Verdict atLeast(String is, String should) {
            int compared = Long.compare(Long.parseLong(is), Long.parseLong(should));
            return compared == 0 ? Verdict.SAME : compared > 0 ? Verdict.HARMLESS : Verdict.MATTERS;
        }
    }
}
