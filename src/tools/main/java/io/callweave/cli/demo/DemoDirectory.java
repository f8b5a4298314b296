package io.callweave.cli.demo;

import io.callweave.files.TemporaryDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the demonstration keeps its data: a place that the user named, or one that is gone in the end. */
record DemoDirectory(Path path, @Nullable TemporaryDirectory temporary) implements AutoCloseable {

    static DemoDirectory of(@Nullable Path named) {
        if (named != null) {
            return new DemoDirectory(named.toAbsolutePath().normalize(), null);
        }
        TemporaryDirectory made = TemporaryDirectory.createToBeClosed("callweave-demo-");
        return new DemoDirectory(made.path(), made);
    }

    String inWords() {
        return path + (temporary == null ? "" : ", deleted in the end");
    }

    @Override
    public void close() {
        if (temporary != null) {
            temporary.close();
        }
    }
}
