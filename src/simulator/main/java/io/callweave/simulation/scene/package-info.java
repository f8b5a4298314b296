/**
 * What RingCentral's platform does during a phone call. If no document or sample shows what the platform sends, the
 * comment says INFER.
 */
@NullMarked
package io.callweave.simulation.scene;

import org.jspecify.annotations.NullMarked;
