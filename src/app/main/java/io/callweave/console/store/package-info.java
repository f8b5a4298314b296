/** What the console keeps. */
@NullMarked
package io.callweave.console.store;

import org.jspecify.annotations.NullMarked;
