package io.callweave.bench.faults;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen from outside when all is over, committed records only. Lists are in the order of the topic, as far as it has
 * one.
 *
 * @param answered notifications that a bridge answered with 200
 * @param notifications on the topic
 * @param calls every record
 * @param rows the newest party rows by key
 * @param windows the newest by key
 * @param live the newest live calls by key
 * @param partyEvents every one
 * @param letters every dead letter
 * @param posts by the name of their subscription, in the order of their receipt
 * @param accounts of the subscriptions, by name; {@code *} for all
 * @param console the newest version of each call that the console lists, by key; null if there is none
 */
public record Evidence(
        List<byte[]> answered,
        List<Sent> notifications,
        List<Keyed> calls,
        Map<String, byte[]> rows,
        Map<String, byte[]> windows,
        Map<String, byte[]> live,
        List<byte[]> partyEvents,
        List<Letter> letters,
        Map<String, List<Post>> posts,
        Map<String, String> accounts,
        @Nullable Map<String, Version> console) {

    /** A record of {@code notifications}, with the account of its header. */
    public record Sent(byte[] value, @Nullable String account) {}

    /** A record with its key. */
    public record Keyed(String key, byte[] value) {}

    /** A dead letter, with its reason. */
    public record Letter(String reason, byte[] value) {}

    /** Which record of a call. */
    public record Version(long epoch, long revision) implements Comparable<Version> {

        @Override
        public int compareTo(Version other) {
            return epoch == other.epoch ? Long.compare(revision, other.revision) : Long.compare(epoch, other.epoch);
        }

        @Override
        public String toString() {
            return epoch + "/" + revision;
        }
    }

    /** A webhook that came, and whether it was answered with 200. */
    public record Post(String key, Version version, boolean accepted) {}
}
