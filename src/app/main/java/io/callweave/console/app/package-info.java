/** Runs one console. */
@NullMarked
package io.callweave.console.app;

import org.jspecify.annotations.NullMarked;
