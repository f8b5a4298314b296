/** HTTP servers of the roles: how each listens, and how APIs answer errors. */
@NullMarked
package io.callweave.runtime.http;

import org.jspecify.annotations.NullMarked;
