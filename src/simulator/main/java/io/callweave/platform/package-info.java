/** Behaves like RingCentral for simulated calls. */
@NullMarked
package io.callweave.platform;

import org.jspecify.annotations.NullMarked;
