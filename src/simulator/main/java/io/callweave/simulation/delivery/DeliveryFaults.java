package io.callweave.simulation.delivery;

import io.callweave.simulation.phonecall.PhoneCall;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The faults of the delivery: {@code shuffled=5s,duplicated=5%,dropped=1%,late=0.1%}.
 *
 * @param shuffled each arrives up to this much later than it was sent
 * @param duplicated this share arrives twice, half of the copies through another subscription, with ids of its own
 * @param dropped this share never arrives
 * @param late this share arrives 5 to 30 minutes late
 */
public record DeliveryFaults(Duration shuffled, double duplicated, double dropped, double late) {

    /** Everything arrives at once, in order, and once. */
    public static final DeliveryFaults NONE = new DeliveryFaults(Duration.ZERO, 0, 0, 0);

    private static final Duration LATE_SHORTEST = Duration.ofMinutes(5);
    private static final Duration LATE_LONGEST = Duration.ofMinutes(30);
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");

    /**
     * Parses faults as on the command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static DeliveryFaults parse(String text) {
        DeliveryFaults faults = NONE;
        if (text.equals("none")) {
            return faults;
        }
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1);
            faults = switch (equals < 0 ? "" : part.substring(0, equals)) {
                case "shuffled" ->
                    new DeliveryFaults(time(part, value), faults.duplicated, faults.dropped, faults.late);
                case "duplicated" ->
                    new DeliveryFaults(faults.shuffled, share(part, value), faults.dropped, faults.late);
                case "dropped" ->
                    new DeliveryFaults(faults.shuffled, faults.duplicated, share(part, value), faults.late);
                case "late" ->
                    new DeliveryFaults(faults.shuffled, faults.duplicated, faults.dropped, share(part, value));
                default ->
                    throw new IllegalArgumentException("\"" + part
                            + "\" is none of shuffled=TIME, duplicated=SHARE, dropped=SHARE, late=SHARE and none.");
            };
        }
        return faults;
    }

    /** What arrives of a call, and when. */
    public Delivery of(PhoneCall call, long seed) {
        Delivery delivery = Delivery.of(call).seeded(seed);
        delivery = dropped > 0 ? delivery.dropped(dropped) : delivery;
        delivery = shuffled.isZero() ? delivery : delivery.late(shuffled);
        delivery = late > 0 ? delivery.stragglers(late, LATE_SHORTEST, LATE_LONGEST) : delivery;
        return duplicated > 0 ? delivery.duplicated(duplicated / 2).withExtensionCopies(duplicated / 2) : delivery;
    }

    private static Duration time(String part, String value) {
        Matcher matcher = TIME.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + part + "\" needs a time such as 500ms, 5s or 2m.");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private static double share(String part, String value) {
        Matcher matcher = SHARE.matcher(value);
        double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : -1;
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("\"" + part + "\" needs a share such as 5% or 0.1%, at most 100%.");
        }
        return percent / 100;
    }
}
