package io.callweave.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which event filters there are, and which events they deliver. */
class TelephonyFilterTest {

    private static final String ACCOUNT = "/restapi/v1.0/account/~/telephony/sessions";
    private static final String EXTENSION = "/restapi/v1.0/account/~/extension/77/telephony/sessions";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ACCOUNT,
                EXTENSION,
                ACCOUNT + "?sipData=true&statusCode=Answered&direction=Inbound",
                ACCOUNT + "?phoneNumber=%2B16505550100"
            })
    void shouldWriteAFilterAsItWasRead(String text) {
        assertThat(TelephonyFilter.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "/restapi/v1.0/account/~/presence, must be like",
        ACCOUNT + "?colour=red, no parameter \"colour\"",
        ACCOUNT + "?direction=Sideways, must be Inbound or Outbound"
    })
    void shouldSayWhatIsWrong(String text, String sentence) {
        assertThatThrownBy(() -> TelephonyFilter.parse(text)).hasMessageContaining(sentence);
    }

    @Test
    void shouldKnowItselfWithIds() {
        TelephonyFilter filter = TelephonyFilter.parse(ACCOUNT);

        assertThat(filter.isMeantBy("/restapi/v1.0/account/809646016/telephony/sessions"))
                .isTrue();
        assertThat(filter.isMeantBy("/restapi/v1.0/account/809646016/telephony/sessions?statusCode=Gone"))
                .isFalse();
        assertThat(filter.isMeantBy("/restapi/v1.0/account/809646016/extension/1/telephony/sessions"))
                .isFalse();
        assertThat(filter.isMeantBy("/restapi/v1.0/glip/posts")).isFalse();
    }

    @Test
    void shouldKnowWhatItCovers() {
        TelephonyFilter account = TelephonyFilter.parse(ACCOUNT);
        TelephonyFilter extension = TelephonyFilter.parse(EXTENSION);
        TelephonyFilter narrow = TelephonyFilter.parse(ACCOUNT + "?statusCode=Answered");

        assertThat(account.covers(extension)).isTrue();
        assertThat(account.covers(narrow)).isTrue();
        assertThat(extension.covers(account)).isFalse();
        assertThat(narrow.covers(account)).isFalse();
        assertThat(narrow.covers(narrow)).isTrue();
        assertThat(TelephonyFilter.parse(ACCOUNT + "?sipData=true").narrowing()).isEmpty();
    }
}
