package io.callweave.metrics;

import org.jspecify.annotations.Nullable;

/** The departments of an account's extensions. */
@FunctionalInterface
public interface Departments {

    /** No extension has a department. */
    Departments NONE = extensionId -> null;

    /** The department of an extension; null if it has none. */
    @Nullable
    String of(String extensionId);
}
