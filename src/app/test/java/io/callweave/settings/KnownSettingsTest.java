package io.callweave.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownSettingsTest {

    @Test
    void shouldHaveOneNameOneVariableAndOneFlagEach() {
        assertThat(KnownSettings.all()).extracting(Setting::name).doesNotHaveDuplicates();
        assertThat(KnownSettings.all()).extracting(Setting::variable).doesNotHaveDuplicates();
        assertThat(KnownSettings.all()).extracting(Setting::flag).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotHaveNamesOfKafkasOptions() {
        assertThat(KnownSettings.all())
                .noneMatch(setting -> PassThrough.of(setting.name()).isPresent());
    }

    @Test
    void shouldBeNamedInLowerCaseWithDotsAndHyphens() {
        assertThat(KnownSettings.all()).allMatch(setting -> setting.name().matches("[a-z]+([.-][a-z]+)*"));
    }

    @Test
    void shouldBeDocumentedInOneRowOfATable() {
        assertThat(KnownSettings.all()).allMatch(setting -> setting.doc().matches("[^|\\n]+\\."));
    }
}
