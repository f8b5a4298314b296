package io.callweave.journey;

/**
 * One station of a call's journey.
 *
 * @param at when the call came there, as in the record: such times sort as text
 * @param kind of stations of the same moment, the one that leads to the others stands first
 */
record Step(String at, Kind kind, String words) {

    enum Kind {
        RING_OUT,
        MENU,
        QUEUE,
        PERSON,
        RECORDING,
        TRANSFER,
        END
    }
}
