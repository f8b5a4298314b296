/** Stores, their keys and binary forms; stores that notice damage on disk. */
@NullMarked
package io.callweave.topology.state;

import org.jspecify.annotations.NullMarked;
