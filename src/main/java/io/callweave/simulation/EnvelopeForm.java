package io.callweave.simulation;

/** What is around a notification on the wire. */
public enum EnvelopeForm {

    /** As a webhook gets it. */
    PLAIN,

    /** As a WebSocket gets it: a list of a header and the envelope. */
    WEB_SOCKET_FRAME,

    /** As a mobile application got it in 2018: the envelope inside {@code pn_apns}. */
    PN_APNS
}
