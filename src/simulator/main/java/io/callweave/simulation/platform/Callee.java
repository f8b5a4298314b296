package io.callweave.simulation.platform;

import org.jspecify.annotations.Nullable;

/**
 * The person or service that a leg reaches.
 *
 * @param extension null for a number of the public network
 */
public record Callee(@Nullable Extension extension, Contact contact) {

    public static Callee of(Extension extension) {
        return new Callee(extension, extension.contact());
    }

    public static Callee outside(String phoneNumber) {
        return new Callee(null, Contact.of(phoneNumber));
    }

    /** The same callee, reached by another number. */
    public Callee dialledAs(String phoneNumber) {
        return new Callee(extension, contact.at(phoneNumber));
    }
}
