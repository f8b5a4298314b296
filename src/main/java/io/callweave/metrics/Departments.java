package io.callweave.metrics;

import org.jspecify.annotations.Nullable;

/** In which departments the people of an account work. */
@FunctionalInterface
public interface Departments {

    /** Of accounts of which nothing is known. */
    Departments NONE = extensionId -> null;

    /** The department whose calls those of the extension are; null if there is none. */
    @Nullable
    String of(String extensionId);
}
