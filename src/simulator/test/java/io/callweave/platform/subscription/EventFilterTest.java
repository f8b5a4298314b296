package io.callweave.platform.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformError;
import io.callweave.simulation.platform.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {

    private static final Caller CALLER =
            new Caller("400001001", "62000104001", "client", "session", PlatformCredentials.ALL);

    private static final JsonNode PARTY = WireJson.read("""
            {"extensionId": "62000104001", "direction": "Inbound", "status": {"code": "Answered"}, "missedCall": false,
             "from": {"phoneNumber": "+15550100002"}, "to": {"phoneNumber": "104"}, "recordings": [{"id": "1"}]}""");

    @ParameterizedTest
    @CsvSource({
        "/restapi/v1.0/account/~/telephony/sessions, true",
        "/restapi/v1.0/account/400001001/telephony/sessions, true",
        "/restapi/v1.0/account/~/extension/~/telephony/sessions, true",
        "/restapi/v1.0/account/~/extension/62000105001/telephony/sessions, false",
        "/restapi/v1.0/account/~/telephony/sessions?statusCode=Answered, true",
        "/restapi/v1.0/account/~/telephony/sessions?statusCode=Disconnected, false",
        "/restapi/v1.0/account/~/telephony/sessions?direction=Outbound, false",
        "/restapi/v1.0/account/~/telephony/sessions?direction=Inbound&withRecordings=true, true",
        "/restapi/v1.0/account/~/telephony/sessions?missedCall=true, false",
        "/restapi/v1.0/account/~/telephony/sessions?phoneNumber=%2B15550100002, true",
        "/restapi/v1.0/account/~/telephony/sessions?phoneNumber=%2B15550100003, false",
        "/restapi/v1.0/account/~/extension/~/presence, false",
    })
    void shouldAskForSomeParties(String filter, boolean expected) {
        assertThat(EventFilter.parse(filter, CALLER).matches(PARTY)).isEqualTo(expected);
    }

    @Test
    void shouldHaveIdsInsteadOfTildes() {
        EventFilter filter =
                EventFilter.parse("/restapi/v1.0/account/~/extension/~/telephony/sessions?sipData=true", CALLER);

        assertThat(filter.uri())
                .isEqualTo("/restapi/v1.0/account/400001001/extension/62000104001/telephony/sessions?sipData=true");
        assertThat(filter.asksForSipData()).isTrue();
    }

    @Test
    void shouldNotAskForAnotherAccount() {
        assertThatExceptionOfType(PlatformError.class)
                .isThrownBy(() -> EventFilter.parse("/restapi/v1.0/account/1/telephony/sessions", CALLER))
                .withMessageContaining("other account");
    }
}
