package io.callweave.ringcentral.doctor;

/**
 * One thing that is right or wrong.
 *
 * @param sentence what is so
 * @param advice what to do; empty where there is nothing to do
 */
public record Finding(Weight weight, String sentence, String advice) {

    /** How much it matters. */
    public enum Weight {
        FINE,
        /** Notifications come, but something will go wrong or costs more than it should. */
        WARNING,
        /** Notifications are lost now. */
        PROBLEM
    }

    static Finding fine(String sentence) {
        return new Finding(Weight.FINE, sentence, "");
    }

    static Finding warning(String sentence, String advice) {
        return new Finding(Weight.WARNING, sentence, advice);
    }

    static Finding problem(String sentence, String advice) {
        return new Finding(Weight.PROBLEM, sentence, advice);
    }
}
