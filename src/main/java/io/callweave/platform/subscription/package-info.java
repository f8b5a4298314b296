/** Subscriptions: which events they ask for, how long they live, and when they are blacklisted. */
@NullMarked
package io.callweave.platform.subscription;

import org.jspecify.annotations.NullMarked;
