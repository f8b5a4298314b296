/** What is kept of sessions, and their limits. */
@NullMarked
package io.callweave.topology.session;

import org.jspecify.annotations.NullMarked;
