/** Reads topics into the store, and tells changes. */
@NullMarked
package io.callweave.console.feed;

import org.jspecify.annotations.NullMarked;
