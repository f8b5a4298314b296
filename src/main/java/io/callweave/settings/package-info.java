/**
 * What can be set, and where from: one list of typed settings, read from the command line, the environment and a file.
 * Uses nothing else of Callweave. Nothing is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.callweave.settings;

import org.jspecify.annotations.NullMarked;
