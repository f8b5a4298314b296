/** The HTTP API of the console, and its page. */
@NullMarked
package io.callweave.console.api;

import org.jspecify.annotations.NullMarked;
