/** The life of a role: its parts, its health and metrics over HTTP, and the signals that stop it. */
@NullMarked
package io.callweave.runtime;

import org.jspecify.annotations.NullMarked;
