package io.callweave.record;

import io.callweave.call.Address;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One end of a leg: a number and who has it. */
final class AddressJson {

    private AddressJson() {}

    static void write(Json json, String name, @Nullable Address address) throws IOException {
        if (address == null) {
            json.none(name);
            return;
        }
        json.object(name);
        json.string("phoneNumber", address.phoneNumber());
        json.string("e164", E164.of(address.phoneNumber()));
        json.string("name", address.name());
        json.string("extensionId", address.extensionId());
        json.string("extensionNumber", address.extensionNumber());
        json.out().writeEndObject();
    }
}
