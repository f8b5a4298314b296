package io.callweave.bench.throughput;

import io.callweave.settings.value.PartitionBy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** One of the compared: it makes calls of the same notifications. */
public interface Subject {

    /** The name on the command line, in reports and in JSON. */
    String label();

    /** What the producer of its input chooses partitions by. */
    default PartitionBy partitionBy() {
        return PartitionBy.SESSION;
    }

    /** Creates its topics, that of its input too. */
    void createTopics(Admin admin, Site site);

    /** What does the work. */
    Application application(Site site);

    /** What it has made; asked for when there is an application. */
    SubjectOutput output(Site site);

    /** What a user could pick instead of the product, found by {@link ServiceLoader} among the sources. */
    interface Others {

        List<Subject> all();

        /** Those that are to run together, perhaps each in a process of its own. */
        List<Subject> together(List<Subject> chosen);

        /**
         * Compares the calls of all of them with what the calls were.
         *
         * @param calls about how many calls are simulated
         * @param directory for broker and state, empty
         * @param progress receives a line for each step
         */
        List<Judged> judge(int calls, Path directory, Consumer<String> progress) throws InterruptedException;
    }

    /**
     * How many calls of a subject came out right.
     *
     * @param notifications that were delivered
     * @param delivery clean, or with which faults
     * @param right calls with one record that is right
     * @param bad records that are wrong without saying so, missing, or too many
     */
    record Judged(String subject, String delivery, long notifications, long calls, long right, long bad) {}

    /** How many calls each gets wrong; nothing where there is only the product, without the truth of its calls. */
    static List<Judged> judge(int calls, Path directory, Consumer<String> progress) throws InterruptedException {
        List<Judged> judged = new ArrayList<>();
        for (Others others : ServiceLoader.load(Others.class)) {
            judged.addAll(others.judge(calls, directory, progress));
        }
        return judged;
    }

    /** All that there are here. */
    static List<Subject> all() {
        List<Subject> all = new ArrayList<>(List.of(Product.values()));
        ServiceLoader.load(Others.class).forEach(others -> all.addAll(others.all()));
        return all;
    }

    /**
     * Those with these names.
     *
     * @throws IllegalArgumentException if there is none with one of them
     */
    static List<Subject> of(Collection<String> labels) {
        Map<String, Subject> all = all().stream()
                .collect(Collectors.toMap(Subject::label, Function.identity(), (one, two) -> one, LinkedHashMap::new));
        labels.stream().filter(label -> !all.containsKey(label)).findFirst().ifPresent(label -> {
            throw new IllegalArgumentException("'%s' is none of %s".formatted(label, String.join(", ", all.keySet())));
        });
        return labels.stream().distinct().map(all::get).toList();
    }

    /** Those as they run together, each in a process of its own if one needs that. */
    static List<Subject> together(List<Subject> chosen) {
        return ServiceLoader.load(Others.class)
                .findFirst()
                .map(others -> others.together(chosen))
                .orElse(chosen);
    }
}
