/** Creates, changes and lists subscriptions: the same for the command line and the HTTP API. */
@NullMarked
package io.callweave.deliver.manage;

import org.jspecify.annotations.NullMarked;
