package io.callweave.ringcentral.pubnub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecryptionTest {

    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZg==";

    /** Encrypted by PubNub's client for JavaScript, with the options of RingCentral's SDK. */
    private static final String ENCRYPTED =
            "fFUSFJ/CwmURL0wvztSYvTUzutjADKubkXs/AuVqWjTvRcKdRTFk4zStWzZuNZcNibZ+aLjI1ufzm0oTlCxOVbHPfezU9xGeqz2VxA4hvuE=";

    @Test
    void shouldDecryptWhatRingCentralEncrypts() {
        assertThat(new Decryption(KEY).of(ENCRYPTED))
                .isEqualTo(
                        "{\"uuid\":\"1\",\"event\":\"/restapi/v1.0/account/1/telephony/sessions\",\"name\":\"Zoë\"}");
    }

    @Test
    void shouldLeaveWhatItCannotDecrypt() {
        assertThat(new Decryption(KEY).of("AAAA")).isEqualTo("AAAA");
        assertThat(new Decryption(KEY).of("not Base64")).isEqualTo("not Base64");
        assertThat(new Decryption("").of(ENCRYPTED)).isEqualTo(ENCRYPTED);
    }
}
