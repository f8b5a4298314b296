/** What is kept of sessions, and how far they may grow. */
@NullMarked
package io.callweave.topology.session;

import org.jspecify.annotations.NullMarked;
