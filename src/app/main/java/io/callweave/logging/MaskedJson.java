package io.callweave.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Events as JSON, without phone numbers. */
public final class MaskedJson extends JsonEncoder {

    @Override
    public byte[] encode(ILoggingEvent event) {
        return PhoneNumbers.masked(new String(super.encode(event), UTF_8)).getBytes(UTF_8);
    }
}
