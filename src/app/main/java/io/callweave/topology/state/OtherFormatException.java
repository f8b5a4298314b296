package io.callweave.topology.state;

/** A store, or the topic between router and stage, holds what another format has written, which this build cannot read. */
public final class OtherFormatException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param message what holds it, and what to do */
    public OtherFormatException(String message) {
        super(message);
    }

    OtherFormatException(String what, int format) {
        this(what + " has the state format " + format + ", and this version of Callweave reads only "
                + BinaryWriter.FORMAT
                + ". Start the version that wrote it; or, to change to this one, give application.id"
                + " and topics.prefix new values and replay.");
    }
}
