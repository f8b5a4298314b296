package io.callweave.simulation.platform;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A RingCentral account with any number of extensions.
 *
 * @param id digits only
 * @param mainNumber the number that outside callers dial
 */
public record SimulatedAccount(String id, String mainNumber) {

    /** The account of every call that names no other. */
    public static final SimulatedAccount FIRST = new SimulatedAccount("809646016", "+15550100006");

    /** Another company. */
    public static final SimulatedAccount SECOND = new SimulatedAccount("684349005", "+15550100106");

    public SimulatedAccount {
        if (!id.matches("\\d{3,}")) {
            throw new IllegalArgumentException("An account id is at least three digits, not \"" + id + "\"");
        }
    }

    /** The user's extension with this short number; always the same one. */
    public Extension extension(String number) {
        return Extension.of(this, number, "Agent " + number);
    }

    /** A call queue or an IVR menu: an extension that no person owns. */
    public Extension service(String name) {
        return Extension.of(this, "9" + "%04d".formatted(Math.floorMod(name.hashCode(), 10_000)), name);
    }

    /** An extension's short number, or an outside number that begins with "+". */
    public Callee callee(String number) {
        return number.startsWith("+") ? Callee.outside(number) : Callee.of(extension(number));
    }

    /** The subscriber: the first user, with the extension id of the account, as in all samples of whole calls. */
    String ownerId() {
        return id;
    }

    /** The account's subscription. */
    public String subscriptionId() {
        return subscriptionId("account " + id);
    }

    /** The id of a subscription; always the same for the same subscriber. */
    public static String subscriptionId(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
