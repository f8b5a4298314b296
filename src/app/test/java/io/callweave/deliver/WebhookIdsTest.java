package io.callweave.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebhookIdsTest {

    @Test
    void shouldNameAccountCallEpochAndRevision() {
        assertThat(WebhookIds.call("809646016", "s-a0d1", new Version(17, 3, 0)))
                .isEqualTo("call_809646016_s-a0d1_17_3");
    }

    @Test
    void shouldTellTheChangesOfALiveCallApart() {
        assertThat(WebhookIds.live("1", "s-a", new Version(17, 0, 1), EventType.CALL_STARTED))
                .isEqualTo("live_1_s-a_17_started");
    }

    @Test
    void shouldNeverContainWhatSeparatesThePartsOfASignature() {
        assertThat(WebhookIds.party("1.2", "s_x", "p/ü", 4))
                .isEqualTo("party_1~2e2_s~5fx_p~2f~c3~bc_4")
                .doesNotContain(".");
    }
}
