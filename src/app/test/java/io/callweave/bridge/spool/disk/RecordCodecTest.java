package io.callweave.bridge.spool.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.bridge.RawRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

class RecordCodecTest {

    @Property(tries = 200)
    void shouldReadWhatItWrote(
            @ForAll long time,
            @ForAll @WithNull byte[] key,
            @ForAll byte[] value,
            @ForAll @Size(max = 4) List<byte[]> headerValues,
            @ForAll @WithNull Long timestamp)
            throws IOException {
        List<Header> headers = headerValues.stream()
                .<Header>map(each -> new RecordHeader("hé", each))
                .toList();

        RawRecord written = new RawRecord("t", key, value, headers, timestamp);
        RecordCodec.Stored read = RecordCodec.decode(RecordCodec.encode(written, time));

        assertThat(read.takenAtMs()).isEqualTo(time);
        assertThat(read.raw()).usingRecursiveComparison().isEqualTo(written);
    }

    @Property(tries = 50)
    void shouldTellThatARecordIsCutOff(@ForAll @Size(min = 1, max = 60) byte[] value) {
        byte[] whole = RecordCodec.encode(
                new RawRecord("topic", "key".getBytes(UTF_8), value, List.of(new RecordHeader("h", value))), 1);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> RecordCodec.decode(cut)).isInstanceOf(IOException.class);
        }
    }
}
