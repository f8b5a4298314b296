package io.callweave.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Made by hand: verify with -Dcallweave.write-docs=true and this test alone. */
@EnabledIfSystemProperty(named = "callweave.write-docs", matches = "true")
class ConsolePictureIT extends ConsolePageSupport {

    private static final int MOST_BYTES = 200 * 1024;

    @BeforeAll
    static void start() throws Exception {
        start(ConsolePageIT.daytime(), "");
    }

    @Test
    void shouldMakeThePictureOfTheDocumentation() throws Exception {
        browser.scheme("light");
        browser.size(1440, 840);
        console.takeIn(PictureCalls.sent(now));
        browser.open(console.address("#/now"));
        browser.await("document.querySelector('.tiles')");
        browser.value("location.hash = '" + fragment(ConsoleAtWork.ACCOUNT, PictureCalls.shown(now)) + "'");
        browser.await("document.querySelector('.arrow') && document.querySelectorAll('.row.is-live').length === 6");
        browser.await("document.querySelector('.statistics')?.textContent.startsWith('91 finished')");
        browser.await("!document.querySelector('.tiles').textContent.includes('no finished call')");
        browser.await("!document.querySelector('.canvas').textContent.includes('ended')");

        Files.write(Path.of("docs", "console.png"), browser.picture());
        assertThat(Path.of("docs", "console.png")).isNotEmptyFile();
        assertThat(Files.size(Path.of("docs", "console.png"))).isLessThan(MOST_BYTES);
    }
}
