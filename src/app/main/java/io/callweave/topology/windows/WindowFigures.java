package io.callweave.topology.windows;

import io.callweave.metrics.Count;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a window. Most windows get one call, or lie in a page that is read and written for another one. An aggregate
 * is a dozen objects, so these have none: a single call stays as it is, and what was read stays as bytes until it changes.
 */
final class WindowFigures {

    /** Null if there is {@link #only} one call, only a {@link #form}, or nothing. */
    private @Nullable WindowAggregate aggregate;

    private @Nullable Measures only;

    /** As the store has them alone; null if they have changed. The others of a page are written again with the one that did. */
    private byte @Nullable [] form;

    /** The only call; null if there are others, or that is not known. */
    @Nullable
    Measures only() {
        return only;
    }

    boolean isEmpty() {
        return aggregate == null ? only == null && form == null : aggregate.isEmpty();
    }

    long calls() {
        return only == null ? toAggregate().count(Count.CALLS) : 1;
    }

    /** Whether the largest values are known; if not, the figures must be put together again. */
    boolean isExact() {
        return only != null || toAggregate().isExact();
    }

    /** To read: a change of it may be lost. */
    WindowAggregate toAggregate() {
        if (aggregate != null) {
            return aggregate;
        }
        if (only != null) {
            return new WindowAggregate().add(only);
        }
        WindowAggregate made = form == null ? new WindowAggregate() : WindowCodec.readWindow(form);
        aggregate = made;
        return made;
    }

    void add(Measures call) {
        if (isEmpty()) {
            only = call;
            aggregate = null;
        } else {
            aggregate = toAggregate().add(call);
            only = null;
        }
        form = null;
    }

    /** @throws IllegalStateException if the call was not added; then the figures are wrong, too */
    void remove(Measures call) {
        aggregate = toAggregate();
        only = null;
        form = null;
        aggregate.remove(call);
    }

    void replaceBy(WindowAggregate other) {
        aggregate = other;
        only = null;
        form = null;
    }

    void read(BinaryReader in) {
        int from = in.position();
        if (FiguresCodec.skip(in)) {
            form = in.since(from);
        }
    }

    /** The value of a window that is stored alone: the format, and the figures. */
    byte[] form() {
        byte[] known = form;
        if (known == null) {
            BinaryWriter out = new BinaryWriter(48).format();
            if (only == null) {
                FiguresCodec.write(toAggregate(), out);
            } else {
                FiguresCodec.write(only, out);
            }
            known = out.bytes();
            form = known;
        }
        return known;
    }
}
