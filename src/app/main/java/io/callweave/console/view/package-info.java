/** What the console shows of a call: row, sentence, steps, lanes. */
@NullMarked
package io.callweave.console.view;

import org.jspecify.annotations.NullMarked;
