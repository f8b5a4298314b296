package io.callweave.console.store;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Records repeat their words: packed they have a sixth of the size. */
final class Packed {

    private static final int BUFFER = 8_192;

    private Packed() {}

    /** A new one needs more time than what it packs here. */
    private static final ThreadLocal<Deflater> DEFLATER =
            ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED));

    static byte[] pack(byte[] bytes) {
        Deflater deflater = DEFLATER.get();
        deflater.reset();
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER);
        byte[] buffer = new byte[BUFFER];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        return out.toByteArray();
    }

    static byte[] unpack(byte[] packed) {
        return unpack(packed, Integer.MAX_VALUE);
    }

    /** All if it has no more bytes than this, else a few more. */
    static byte[] unpack(byte[] packed, int most) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            ByteArrayBuilder out = new ByteArrayBuilder(BUFFER); // does not copy what it has when it grows
            byte[] buffer = new byte[BUFFER];
            while (!inflater.finished() && out.size() <= most) {
                int length = inflater.inflate(buffer);
                if (length == 0 && inflater.needsInput()) {
                    throw new DataFormatException("It ends too early.");
                }
                out.write(buffer, 0, length);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new StoreException("A record in the store of the console is damaged.", e);
        } finally {
            inflater.end();
        }
    }
}
