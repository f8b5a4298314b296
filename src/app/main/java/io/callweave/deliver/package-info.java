/** What is posted to an endpoint, when again, and what replaces what. */
@NullMarked
package io.callweave.deliver;

import org.jspecify.annotations.NullMarked;
