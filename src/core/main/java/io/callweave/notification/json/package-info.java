/** JSON as it was received, with its original text. */
@NullMarked
package io.callweave.notification.json;

import org.jspecify.annotations.NullMarked;
