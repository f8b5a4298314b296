/** The topology as a picture and as a page. */
@NullMarked
package io.callweave.topology.description;

import org.jspecify.annotations.NullMarked;
