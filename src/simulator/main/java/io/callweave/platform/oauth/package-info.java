/** Sign-in with a JWT, and tokens that expire. */
@NullMarked
package io.callweave.platform.oauth;

import org.jspecify.annotations.NullMarked;
