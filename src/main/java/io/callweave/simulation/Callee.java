package io.callweave.simulation;

import org.jspecify.annotations.Nullable;

/**
 * Whom a leg reaches.
 *
 * @param extension null for a number of the public network
 */
record Callee(@Nullable Extension extension, Contact contact) {

    static Callee of(Extension extension) {
        return new Callee(extension, extension.contact());
    }

    static Callee outside(String phoneNumber) {
        return new Callee(null, Contact.of(phoneNumber));
    }

    /** The same callee, reached by another number. */
    Callee dialledAs(String phoneNumber) {
        return new Callee(extension, contact.at(phoneNumber));
    }
}
