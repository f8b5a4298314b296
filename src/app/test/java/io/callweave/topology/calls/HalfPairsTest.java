package io.callweave.topology.calls;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topology.TopologyKit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON can hold half of a surrogate pair, and UTF-8 cannot: what is kept of a call must be what it was all the same. */
class HalfPairsTest {

    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall CALL =
            call().inbound(CUSTOMER).answeredBy("104").hangUp();

    private final TopologyKit kit = new TopologyKit(TopologyKit.ALL_WINDOWS);

    @AfterEach
    void close() {
        kit.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1555\\ud800", "+\\udc00\\ud800", "+1555\\ufffd"})
    void shouldReviseACallWithANumberThatIsNoText(String number) {
        receiveWith(quoted(CUSTOMER), quoted(number));

        String sent =
                TopologyKit.tree("{\"is\":" + quoted(number) + "}").path("is").asText();
        assertThat(revisedOnce())
                .filteredOn(window -> window.text("scope").equals("number"))
                .isNotEmpty()
                .allSatisfy(window -> assertThat(window.text("scopeId")).isEqualTo(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10\\ud800", "\\udfff"})
    void shouldReviseACallWithAnIdThatIsNoText(String id) {
        String field = "\"extensionId\":";
        receiveWith(field + quoted(CALL.account().extension("104").id()), field + quoted(id));

        assertThat(revisedOnce()).anyMatch(window -> window.text("scope").equals("extension"));
    }

    /** What the windows of the call say, of which the second record changes nothing. */
    private List<TopologyKit.Sent> revisedOnce() {
        assertThat(kit.emitted()).hasSize(2).allSatisfy(emission -> {
            assertThat(emission.json()).doesNotContain("internalError");
            assertThat(emission.tree().path("parties")).hasSize(2);
        });
        List<TopologyKit.Sent> windows = kit.windowMetrics();
        assertThat(windows)
                .allSatisfy(window ->
                        assertThat(window.tree().path("calls").asInt()).isEqualTo(1));
        return windows;
    }

    /** A finished call and another event of it, which changes the record but nothing that is counted. */
    private void receiveWith(String json, String instead) {
        List<Notification> all = new ArrayList<>(CALL.notifications());
        Notification last = all.get(all.size() - 1);
        all.add(TopologyKit.edited(last, tree -> TopologyKit.body(tree).put("sequence", last.sequence() + 1)));
        assertThat(all).anyMatch(notification -> notification.json().contains(json));
        all.forEach(notification ->
                kit.receive(notification.json().replace(json, instead).getBytes(UTF_8)));
        kit.passUntilNothingWaits();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
