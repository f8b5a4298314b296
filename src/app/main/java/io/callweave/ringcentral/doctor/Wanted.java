package io.callweave.ringcentral.doctor;

import io.callweave.ringcentral.TelephonyFilter;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscription that an account should have.
 *
 * @param address of its webhook
 * @param token that RingCentral shows with deliveries; null for none
 */
public record Wanted(URI address, @Nullable String token, List<TelephonyFilter> filters) {

    public Wanted {
        filters = List.copyOf(filters);
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "Wanted[" + address + ", " + filters + "]";
    }
}
