/**
 * A call, folded from its sessions, and who answered it. Its packages are pure Java without Kafka, JSON or a clock; values
 * in, values out.
 */
@NullMarked
package io.callweave.call;

import org.jspecify.annotations.NullMarked;
