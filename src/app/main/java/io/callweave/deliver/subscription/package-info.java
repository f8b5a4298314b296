/** Subscriptions: where what is posted, and the secrets that sign it. */
@NullMarked
package io.callweave.deliver.subscription;

import org.jspecify.annotations.NullMarked;
