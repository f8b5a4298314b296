package io.callweave.call.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FactKindTest {

    @Test
    void shouldBeFoundByItsName() {
        assertThat(FactKind.artifacts()).containsExactly("insights", "recording", "voicemail");
        assertThat(FactKind.artifacts(List.of("voicemail", "fax", "insights")))
                .containsExactlyInAnyOrder(FactKind.VOICEMAIL, FactKind.INSIGHTS);
    }

    @Test
    void shouldBeOursOnlyIfRingCentralSendsNoSuchEvent() {
        assertThat(FactKind.values())
                .filteredOn(FactKind::isOurs)
                .containsExactly(FactKind.CALL_LOG, FactKind.RECORDING);
    }
}
