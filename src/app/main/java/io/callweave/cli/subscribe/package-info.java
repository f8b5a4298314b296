/** The command {@code subscribe}: the subscriptions of the accounts at RingCentral. */
@NullMarked
package io.callweave.cli.subscribe;

import org.jspecify.annotations.NullMarked;
