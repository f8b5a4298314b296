/** Call records as JSON, the form in which they leave Callweave. */
@NullMarked
package io.callweave.record;

import org.jspecify.annotations.NullMarked;
