/** Subscriptions, from creation to expiry or blacklisting. */
@NullMarked
package io.callweave.platform.subscription;

import org.jspecify.annotations.NullMarked;
