/** The types of settings: durations, sizes and words. */
@NullMarked
package io.callweave.settings.value;

import org.jspecify.annotations.NullMarked;
