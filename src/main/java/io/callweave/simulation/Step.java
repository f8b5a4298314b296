package io.callweave.simulation;

import java.time.Duration;

/**
 * One thing that happens in a call.
 *
 * @param text the verb as the test wrote it
 * @param shortest the shortest time since the step before
 * @param longest the longest
 */
record Step(String text, Duration shortest, Duration longest, Action action) {

    /** Plays a step. */
    interface Action {

        /**
         * Does what happens.
         *
         * @param after how long after the step before; actions that ring somebody first ring at once
         */
        void play(Scene scene, Duration after);
    }

    Step after(Duration time) {
        return new Step(text + ".after(" + time + ")", time, time, action);
    }

    void play(Scene scene) {
        action.play(scene, scene.between(shortest, longest));
    }
}
