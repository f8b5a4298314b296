package io.callweave.cli.deliver;

import io.callweave.cli.Callweave;
import io.callweave.deliver.EventType;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.local.BrokerProcess;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Measures the deliverer, its broker and the receivers in processes of their own. First, how late a healthy endpoint gets calls,
 * alone and beside four bad ones, in turn. Then, how many posts a second go to 50 endpoints, each of an account of its own, and
 * what CPU time they cost. Late is from the moment when a record is sent to Kafka until it was received. Run by hand:
 * {@code DeliverTimes SECONDS POSTS-A-SECOND [ROUNDS]}.
 */
final class DeliverTimes {

    private static final int ENDPOINTS = 50;
    private static final int BESIDE_RATE = 100;
    private static final int PARTITIONS = 12;
    private static final int EPOCH = 1;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SECRET = SecretSource.generate();

    private final Path directory;
    private final String prefix;
    private final String brokers;
    private final String example;

    private DeliverTimes(Path directory, String prefix, String brokers, String example) {
        this.directory = directory;
        this.prefix = prefix;
        this.brokers = brokers;
        this.example = example;
    }

    public static void main(String[] args) throws Exception {
        int seconds = Integer.parseInt(args[0]);
        int rate = Integer.parseInt(args[1]);
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        Path directory = Files.createTempDirectory("deliver-times");
        // A record as Callweave writes it, 5 kB, with another identity.
        String example =
                Files.readString(Path.of("docs", "examples", "call.json")).replaceAll("\\s*\\R\\s*", "");
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
            System.out.println(
                    "what | posts/s | p50 ms | p99 ms | longest ms | CPU s per 1,000 posts: deliverer | receivers");
            System.out.println("---|---|---|---|---|---|---");
            for (int round = 1; round <= rounds; round++) {
                of(directory, "alone" + round, broker, example).beside(seconds, List.of());
                of(directory, "beside" + round, broker, example)
                        .beside(seconds, List.of("500", "never", "slow", "refused"));
            }
            of(directory, "rate", broker, example).rate(seconds, rate);
        }
        System.exit(0);
    }

    private static DeliverTimes of(Path directory, String name, BrokerProcess broker, String example) {
        return new DeliverTimes(directory.resolve(name), name + ".", broker.bootstrapServers(), example);
    }

    private void beside(int seconds, List<String> bad) throws Exception {
        String[] accounts = {"1"};
        run(bad.isEmpty() ? "healthy endpoint alone" : "beside 4 bad ones", BESIDE_RATE, seconds, accounts, bad);
    }

    private void rate(int seconds, int rate) throws Exception {
        String[] accounts = new String[ENDPOINTS];
        Arrays.setAll(accounts, i -> Integer.toString(i + 1));
        run(rate + " calls/s to " + ENDPOINTS + " endpoints", rate, seconds, accounts, List.of());
    }

    private void run(String what, int rate, int seconds, String[] accounts, List<String> bad) throws Exception {
        Files.createDirectories(directory);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            Topics.create(admin, TopicPlan.withPrefix(prefix), PARTITIONS, (short) 1);
        }
        Process receiver = java(TimedReceiver.class.getName(), "-Xmx256m");
        Process deliverer = null;
        try (BufferedReader answers = receiver.inputReader();
                OutputStream questions = receiver.getOutputStream();
                Producer<String, byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers, "linger.ms", 5, "compression.type", "lz4"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            int port = Integer.parseInt(answers.readLine());
            subscribe(producer, port, accounts, bad);
            deliverer = deliverer();
            emit(producer, rate, (int) WARM_UP.toSeconds(), accounts);
            settle(questions, answers);
            long cpu = cpu(deliverer);
            long receivers = cpu(receiver);
            long number = emit(producer, rate, seconds, accounts);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (ask("count", questions, answers)[0] < number && System.nanoTime() < end) {
                Thread.sleep(100);
            }
            long spent = cpu(deliverer) - cpu;
            long received = cpu(receiver) - receivers;
            double[] figures = ask("report", questions, answers);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s | %.0f | %.0f | %.0f | %.0f | %.2f | %.2f%s",
                    what,
                    figures[0] / Math.max(1, figures[1]),
                    figures[2],
                    figures[3],
                    figures[4],
                    spent / 1e6 / number,
                    received / 1e6 / number,
                    figures[0] < number ? " | only " + figures[0] + " of " + number + " arrived in time" : ""));
        } finally {
            receiver.destroyForcibly().waitFor();
            if (deliverer != null) {
                deliverer.destroyForcibly().waitFor();
            }
        }
    }

    private void subscribe(Producer<String, byte[]> producer, int port, String[] accounts, List<String> bad) {
        NumberedCalls topics = new NumberedCalls(prefix, 0);
        for (String account : accounts) {
            String url = "http://127.0.0.1:" + port + "/good/" + account;
            topics.subscribe(
                    producer, Subscriptions.of("good-" + account, url, account, EventType.RECORDS, CallFilter.ALL));
        }
        for (String manner : bad) {
            // Nobody listens at port 1.
            String url = "http://127.0.0.1:" + (manner.equals("refused") ? 1 : port) + "/" + manner;
            topics.subscribe(producer, Subscriptions.to(manner, url));
        }
    }

    /** Waits until nothing comes. */
    private static void settle(OutputStream questions, BufferedReader answers) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        double[] figures;
        do {
            Thread.sleep(3_000);
            figures = ask("report", questions, answers);
        } while (figures[0] > 0 && System.nanoTime() < end);
    }

    private static double[] ask(String question, OutputStream questions, BufferedReader answers) throws IOException {
        questions.write((question + "\n").getBytes(StandardCharsets.UTF_8));
        questions.flush();
        return Arrays.stream(answers.readLine().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private long emit(Producer<String, byte[]> producer, int rate, int seconds, String[] accounts) throws Exception {
        long number = (long) rate * seconds;
        long start = System.nanoTime();
        for (long i = 0; i < number; i++) {
            long due = start + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                Thread.sleep(1);
            }
            String account = accounts[(int) (i % accounts.length)];
            String call = "s-" + System.currentTimeMillis() + "-" + i;
            String json = example.replaceFirst("\"callId\": *\"[^\"]*\"", "\"callId\":\"" + call + "\"")
                    .replaceFirst("\"accountId\": *\"[^\"]*\"", "\"accountId\":\"" + account + "\"")
                    .replaceFirst("\"epoch\": *\\d+", "\"epoch\":" + EPOCH);
            var unused = producer.send(new ProducerRecord<>(
                    Topic.CALLS.name(prefix),
                    null,
                    account + "/" + call,
                    json.getBytes(StandardCharsets.UTF_8),
                    List.of(Headers.text(Headers.ACCOUNT, account))));
        }
        producer.flush();
        return number;
    }

    private Process deliverer() throws IOException {
        return java(
                Callweave.class.getName(),
                "-Xmx1g",
                "deliver",
                "--bootstrap-servers=" + brokers,
                "--topics-prefix=" + prefix,
                "--application-id=" + prefix + "times",
                "--state-dir=" + directory.resolve("state"),
                "--http-port=0",
                "--deliver-timeout=2s",
                "--deliver-allowed-networks=127.0.0.1");
    }

    private Process java(String main, String heap, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-Dlogback.configurationFile=logback.xml"));
        String options = System.getProperty("deliver.java", "");
        if (!options.isEmpty() && !main.equals(TimedReceiver.class.getName())) {
            command.addAll(List.of(options.split(" ", -1)));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("WEBHOOK_SECRET_TEST", SECRET);
        builder.environment().put("CALLWEAVE_LOG_LEVEL", "WARN");
        builder.redirectError(directory.resolve("errors.log").toFile());
        if (!main.equals(TimedReceiver.class.getName())) {
            builder.redirectOutput(directory.resolve("output.log").toFile());
        }
        Process process = builder.start();
        // Else they would go on if this is stopped.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Of all threads, in nanoseconds. */
    private static long cpu(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }
}
