package io.callweave.simulation;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A RingCentral account with as many extensions as are asked for.
 *
 * @param id digits only
 * @param mainNumber the number that outside callers dial
 */
public record Account(String id, String mainNumber) {

    /** The account of every call that names no other. */
    public static final Account FIRST = new Account("809646016", "+15550100006");

    /** Another company. */
    public static final Account SECOND = new Account("684349005", "+15550100106");

    public Account {
        if (!id.matches("\\d{3,}")) {
            throw new IllegalArgumentException("An account id is at least three digits, not \"" + id + "\"");
        }
    }

    /** The user's extension with this short number, the same one every time. */
    public Extension extension(String number) {
        return Extension.of(this, number, "Agent " + number);
    }

    /** A call queue or an IVR menu: an extension that no person owns. */
    public Extension service(String name) {
        return Extension.of(this, "9" + "%04d".formatted(Math.floorMod(name.hashCode(), 10_000)), name);
    }

    /** An extension's short number, or an outside number that begins with "+". */
    Callee callee(String number) {
        return number.startsWith("+") ? Callee.outside(number) : Callee.of(extension(number));
    }

    /** Who subscribed: the first user, whose extension id is the account's (as in all samples of whole calls). */
    String ownerId() {
        return id;
    }

    /** The account's subscription. */
    String subscriptionId() {
        return subscriptionId("account " + id);
    }

    /** The id of a subscription, the same one for the same subscriber every time. */
    static String subscriptionId(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
