/** Keeps webhook subscriptions alive. */
@NullMarked
package io.callweave.bridge.subscription;

import org.jspecify.annotations.NullMarked;
