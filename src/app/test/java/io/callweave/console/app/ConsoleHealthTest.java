package io.callweave.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.console.store.CallStore;
import io.callweave.console.store.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class ConsoleHealthTest {

    private static final SQLiteException FULL =
            new SQLiteException("database or disk is full", SQLiteErrorCode.SQLITE_FULL);

    @TempDir
    private Path folder;

    @Test
    void shouldNotBeReadyWhileItsStoreCannotBeWritten() {
        try (CallStore store = new CallStore(folder)) {
            assertThat(ConsoleRole.health(store, true).ready()).isTrue();

            assertThatThrownBy(() -> store.write(batch -> {
                        throw FULL;
                    }))
                    .isInstanceOf(StoreException.class);
            assertThat(ConsoleRole.health(store, true)).satisfies(health -> {
                assertThat(health.live()).isTrue();
                assertThat(health.ready()).isFalse();
                assertThat(health.reason().orElseThrow()).contains("console.data-dir", "disk is full");
            });

            Boolean nothing = store.write(batch -> true);

            assertThat(ConsoleRole.health(store, true).ready()).isTrue();
        }
    }
}
