package io.callweave.console.feed;

import io.callweave.console.store.CallStore;
import io.callweave.console.store.LiveBoard;
import java.nio.file.Path;

/** What a console keeps that has read nothing yet. */
public final class TestKept {

    private TestKept() {}

    /** Close its calls. */
    public static Kept in(Path directory) {
        return new Kept(
                new CallStore(directory),
                new LiveBoard(),
                new KnownNames(Masking.OFF),
                new NewestLetters(),
                new NewestAudits(),
                new Changes(() -> 1),
                new Rates(() -> 0));
    }
}
