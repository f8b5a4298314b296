package io.callweave.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was said word for word is nowhere in what is written. */
class TranscriptsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"body":{"insights":{"Transcript":[{"text":"x"}], "Summary" : "s" ,"HighLights":1}}}|{"body":{"insights":{"Summary" : "s"}}}
                    {"body":{"insights":[{"Transcript":[{"text":"x"}]},{"Summary":"s"}]}}|{"body":{"insights":[{},{"Summary":"s"}]}}
                    [{},{"body":{"insights":{"Summary":"é","transcript":"x"}}}]|[{},{"body":{"insights":{"Summary":"é"}}}]
                    {"body":{"insights":{"Summary":"s"}} , "a":1.50}|{"body":{"insights":{"Summary":"s"}} , "a":1.50}
                    """)
    void shouldTakeOutWhatWasSaid(String sent, String kept) throws IOException {
        assertThat(new String(Transcripts.removedFrom(sent.getBytes(UTF_8)), UTF_8))
                .isEqualTo(kept);
    }
}
