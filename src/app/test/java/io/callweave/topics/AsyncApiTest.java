package io.callweave.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

    @Test
    void shouldReferToWhatIsThere() {
        JsonNode document = AsyncApi.document();

        assertThat(document.findValues("$ref")).isNotEmpty().allSatisfy(ref -> {
            assertThat(ref.asText()).startsWith("#/");
            assertThat(document.at(ref.asText().substring(1)).isMissingNode()).isFalse();
        });
    }

    @Test
    void shouldHaveEveryTopic() {
        JsonNode document = AsyncApi.document();

        for (Topic topic : Topic.values()) {
            assertThat(document.at("/channels/" + topic.suffix() + "/address").asText())
                    .isEqualTo("{prefix}" + topic.suffix());
            assertThat(document.at("/channels/" + topic.suffix() + "/messages")).hasSize(1);
        }
        assertThat(document.path("operations")).hasSize(Topic.values().length);
    }
}
