package io.callweave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The table of packages says of each what its {@code package-info.java} says in its first sentence. */
class PackagesDocumentationTest {

    @Test
    void shouldBeMadeOfThePackages() throws IOException {
        String document = Files.readString(PackageTable.FILE);

        String current = PackageTable.withTexts(document, Sources.descriptions());

        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.writeString(PackageTable.FILE, current, UTF_8);
        } else {
            assertThat(document)
                    .as(PackageTable.FILE + " is stale; to write it again: "
                            + "mvn test -Dtest=PackagesDocumentationTest -Dcallweave.write-docs=true")
                    .isEqualTo(current);
        }
    }
}
