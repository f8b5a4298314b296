/**
 * What the demonstration shows and sends: the sample calls and simulated ones through the bridge, and each call that comes out
 * as a line for people. Nothing is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.callweave.demo;

import org.jspecify.annotations.NullMarked;
