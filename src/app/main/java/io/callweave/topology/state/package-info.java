/** Stores, their keys and binary forms, and repair of damaged ones. */
@NullMarked
package io.callweave.topology.state;

import org.jspecify.annotations.NullMarked;
