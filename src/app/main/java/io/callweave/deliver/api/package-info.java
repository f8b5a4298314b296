/** The HTTP API for subscriptions: who may call it, and what is answered. */
@NullMarked
package io.callweave.deliver.api;

import org.jspecify.annotations.NullMarked;
