package io.callweave.notification.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real notifications with something wrong in them: what these tokens accept, Jackson reads in the same way. Each line
 * is made from its number; {@code -Dcallweave.fuzz.lines=10000000 -Dcallweave.fuzz.first=0} reads more of them.
 */
@Tag("full")
class PlainTokensFuzzTest {

    private static final long LINES = Long.getLong("callweave.fuzz.lines", 20_000);
    private static final long FIRST = Long.getLong("callweave.fuzz.first", 0);

    private static final byte[] STRUCTURE = "{}[]\",:\\ \n\t0123456789-+.eEtrufalsn/\u0000\u001f\u007f".getBytes(UTF_8);

    private static final List<byte[]> PIECES = List.of(
            bytes("\"x\":"),
            bytes(",\"x\":{}"),
            bytes("[]"),
            bytes("null"),
            bytes("tru"),
            bytes("\"\\u00e9\""),
            bytes("\\\""),
            bytes("é😀"),
            bytes("\uFEFF"),
            bytes("00"),
            bytes("-0"),
            bytes("1e5"),
            bytes("123456789012345678"),
            bytes("1234567890123456789"),
            bytes("/**/"),
            bytes("[[[[[[[[[["),
            bytes("]]]]]]]]]]"));

    @Test
    void shouldReadWhatItAcceptsAsJacksonDoes() throws IOException {
        List<byte[]> real = real();
        long accepted = 0;
        long refused = 0;
        for (long number = FIRST; number < FIRST + LINES; number++) {
            byte[] line = line(real, new SplittableRandom(number));
            List<String> plain = StrictUtf8.firstError(line) < 0 ? TokenTexts.plain(line) : null;
            if (plain == null) {
                refused++;
            } else {
                accepted++;
                List<String> jackson = jackson(line);
                if (!plain.equals(jackson)) {
                    assertThat(plain)
                            .as("line " + number + ": " + new String(line, UTF_8))
                            .isEqualTo(jackson);
                }
            }
        }
        assertThat(accepted).as("accepted").isGreaterThan(LINES / 10);
        assertThat(refused).as("refused").isGreaterThan(LINES / 10);
    }

    /** Or what it complains about. */
    private static List<String> jackson(byte[] line) {
        try {
            return TokenTexts.jackson(line);
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private static byte[] line(List<byte[]> real, SplittableRandom random) {
        byte[] line = real.get(random.nextInt(real.size()));
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            line = changed(line, real, random);
        }
        return line;
    }

    private static byte[] changed(byte[] line, List<byte[]> real, SplittableRandom random) {
        int at = random.nextInt(line.length + 1);
        int until = Math.min(line.length, at + random.nextInt(20));
        return switch (random.nextInt(7)) {
            case 0 -> joined(line, at, bytes(""), until);
            case 1 -> joined(line, at, PIECES.get(random.nextInt(PIECES.size())), at);
            case 2 ->
                joined(
                        line,
                        at,
                        new byte[] {STRUCTURE[random.nextInt(STRUCTURE.length)]},
                        Math.min(line.length, at + 1));
            case 3 -> joined(line, at, new byte[] {(byte) random.nextInt(256)}, Math.min(line.length, at + 1));
            case 4 -> joined(line, at, new byte[] {STRUCTURE[random.nextInt(STRUCTURE.length)]}, at);
            case 5 -> {
                byte[] other = real.get(random.nextInt(real.size()));
                int from = random.nextInt(other.length);
                yield joined(line, at, slice(other, from, Math.min(other.length, from + random.nextInt(40))), at);
            }
            // Of a text or number, what stays is plain.
            default -> joined(line, at, bytes(at < line.length && Character.isLetter(line[at]) ? "x" : ""), at);
        };
    }

    /** The line up to here, something else, and the line from there on. */
    private static byte[] joined(byte[] line, int to, byte[] with, int from) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(line.length + with.length);
        joined.write(line, 0, to);
        joined.writeBytes(with);
        joined.write(line, from, line.length - from);
        return joined.toByteArray();
    }

    private static byte[] slice(byte[] of, int from, int to) {
        return Arrays.copyOfRange(of, from, to);
    }

    private static List<byte[]> real() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        try (var files = Files.list(Path.of("src", "samples", "real"))) {
            for (Path file : files.sorted().toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.isEmpty())
                        .map(PlainTokensFuzzTest::bytes)
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
