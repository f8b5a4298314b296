/** Posts over HTTP: a lane for each endpoint, signatures, and how an attempt ended. */
@NullMarked
package io.callweave.deliver.post;

import org.jspecify.annotations.NullMarked;
