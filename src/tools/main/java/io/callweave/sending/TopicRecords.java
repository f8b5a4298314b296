package io.callweave.sending;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeException;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSink;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.TimestampSource;
import java.time.Clock;
import java.time.Instant;

/** Puts notifications on the topic {@code notifications}, with the key and the headers that a bridge gives them. */
public final class TopicRecords implements Destination {

    private final KafkaSink sink;
    private final Intake intake;
    private final Owner owner;
    private final String transport;
    private final Clock clock;
    private final boolean recordedTime;
    private long latest;
    private long sent;

    /**
     * Connects to Kafka.
     *
     * @param owner the account, and how its personal data is treated
     * @param transport the header's value, which tells these from real ones
     * @param recordedTime whether records have the time of what is sent, but never an earlier one than the record before;
     *     that needs a topic with CreateTime. Else they have that of the clock
     */
    public TopicRecords(
            KafkaSinkSettings settings,
            IntakeRules rules,
            Owner owner,
            String transport,
            Clock clock,
            boolean recordedTime) {
        this.sink = new KafkaSink(settings);
        this.intake = new Intake(rules.withTimestamps(TimestampSource.RECEIVED), sink, IntakeListener.NONE, clock);
        this.owner = owner;
        this.transport = transport;
        this.clock = clock;
        this.recordedTime = recordedTime;
    }

    @Override
    public void send(byte[] notification) {
        sendAt(clock.millis(), notification);
    }

    @Override
    public void send(Instant time, byte[] notification) {
        latest = Math.max(latest, time.toEpochMilli());
        sendAt(recordedTime ? latest : clock.millis(), notification);
    }

    private void sendAt(long receivedAt, byte[] notification) {
        sent++;
        var unused = intake.accept(owner, notification, new Receipt(transport, receivedAt, transport + ":" + sent));
    }

    @Override
    public void flush() {
        // Kafka's producer sends by itself.
    }

    @Override
    public Delivered finish() {
        // Who interrupts us wants what is on its way to arrive.
        boolean interrupted = Thread.interrupted();
        try {
            sink.flush();
        } catch (IntakeException e) {
            throw new SendingException(String.valueOf(e.getMessage()), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        // What cannot be a notification is on the dead letters, and what is of other kinds was not to be kept.
        return Delivered.all(sent);
    }

    @Override
    public void close() {
        sink.close();
    }
}
