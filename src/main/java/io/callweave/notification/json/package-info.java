/** JSON as it was received, with the text in which each value was sent. */
@NullMarked
package io.callweave.notification.json;

import org.jspecify.annotations.NullMarked;
