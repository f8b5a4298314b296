package io.callweave.words;

import io.callweave.call.transfer.Transfer;

/** The words for a transfer: for the arrow between two lanes, for the sentence of the call, and for a step. */
final class TransferWords {

    private TransferWords() {}

    static String arrow(Transfer.Kind kind) {
        return switch (kind) {
            case ATTENDED -> "attended transfer";
            case BLIND -> "blind transfer";
            case CONFERENCE -> "conference";
            case PARK -> "picked up from park";
            case PICKUP -> "picked up";
            case FLIP, SWITCH -> "moved to another device";
        };
    }

    static String happened(Transfer.Kind kind, String to) {
        return switch (kind) {
            case ATTENDED, BLIND -> "transferred to " + to;
            case CONFERENCE -> "joined by " + to;
            case PARK, PICKUP -> "picked up by " + to;
            case FLIP, SWITCH -> "moved to another device";
        };
    }

    static Step step(Transfer transfer, String by, String to) {
        return switch (transfer.kind()) {
            case ATTENDED -> new Step(transfer.time(), by, "transfers the call to " + to + " after asking");
            case BLIND -> new Step(transfer.time(), by, "transfers the call to " + to + " without asking");
            case CONFERENCE -> new Step(transfer.time(), to, "joins the conference");
            case PARK -> new Step(transfer.time(), to, "picks up the parked call");
            case PICKUP -> new Step(transfer.time(), to, "picks up the call for " + by);
            case FLIP, SWITCH -> new Step(transfer.time(), by, "moves the call to another device");
        };
    }
}
