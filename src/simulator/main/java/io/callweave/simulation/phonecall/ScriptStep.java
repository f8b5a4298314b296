package io.callweave.simulation.phonecall;

import io.callweave.simulation.scene.Scene;
import java.time.Duration;

/**
 * One step of a call.
 *
 * @param text the verb as the test wrote it
 * @param shortest the shortest time since the step before
 * @param longest the longest time since the step before
 */
record ScriptStep(String text, Duration shortest, Duration longest, Action action) {

    /** Plays a step. */
    interface Action {

        /**
         * Plays the step.
         *
         * @param after the time since the step before; actions that first ring somebody ring at once
         */
        void play(Scene scene, Duration after);
    }

    ScriptStep after(Duration time) {
        return new ScriptStep(text + ".after(" + time + ")", time, time, action);
    }

    void play(Scene scene) {
        action.play(scene, scene.between(shortest, longest));
    }
}
