/** What a wallboard needs of a live call. */
@NullMarked
package io.callweave.call.live;

import org.jspecify.annotations.NullMarked;
