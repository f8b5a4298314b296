/**
 * Phone calls that never took place: a language that says what happens in a call and gives the notifications that
 * RingCentral's platform would send for it, a contact centre that makes a day of such calls out of a seed, and the truth
 * about each, as whoever scripted it knows it. Pure: no clock, no input, no output, and nothing of the product, so that
 * the product can be tested against it. Nothing is null unless it is marked {@code @Nullable}.
 *
 * <p>Where no document or sample shows what the platform sends, the comment says INFER.
 */
@NullMarked
package io.callweave.simulation;

import org.jspecify.annotations.NullMarked;
