package io.callweave.sending;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeException;
import io.callweave.bridge.IntakeSettings;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.Timestamps;
import io.callweave.notification.NotificationKeyer;
import java.time.Clock;

/** Puts notifications on the topic {@code notifications}, with the key and the headers that a bridge gives them. */
public final class TopicRecords implements Destination {

    private final Intake intake;
    private final String transport;
    private final Clock clock;
    private long sent;

    /**
     * Connects to Kafka.
     *
     * @param transport the header's value, which tells these from real ones
     * @param maxBytes the largest notification
     */
    public TopicRecords(IntakeSettings settings, String transport, int maxBytes, Clock clock) {
        this.intake = new Intake(settings, new NotificationKeyer(maxBytes)::key, Timestamps.RECEIVED);
        this.transport = transport;
        this.clock = clock;
    }

    @Override
    public void send(byte[] notification) {
        sent++;
        var unused = intake.accept(notification, new Receipt(transport, clock.millis(), transport + ":" + sent));
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
            intake.flush();
        } catch (IntakeException e) {
            throw new SendingException(String.valueOf(e.getMessage()), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return Delivered.all(intake.counts().published());
    }

    @Override
    public void close() {
        intake.close();
    }
}
