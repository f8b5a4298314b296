package io.callweave.testcalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A comparison that always passes would be worse than none. */
class ExpectedCallsTest {

    private static final String EXPECTED = """
            {"accountId":"1","callId":"s-a","talkMs":5,"ringMs":null,"incomplete":[],
             "sessions":[{"telephonySessionId":"s-a","missingSequences":[]},{"telephonySessionId":"s-b"}],
             "parties":[{"partyId":"p-a-1","telephonySessionId":"s-a","role":"participant"},
                        {"partyId":"p-a-2","ownPhoneNumber":"101"}],
             "handovers":[{"kind":"blind","by":"p-a-2","to":null}],
             "links":[{"between":["s-a","s-b"]}]}""";

    private static final String RECORD = """
            {"accountId":"1","callId":"s-a","revision":7,"talkMs":5,"ringMs":null,"incomplete":[],
             "sessions":[{"telephonySessionId":"s-b"},{"telephonySessionId":"s-a","missingSequences":[]}],
             "parties":[{"partyId":"p-a-2","holdMs":1,"direction":"Inbound","to":{"phoneNumber":"101"}},{"partyId":"p-a-1","telephonySessionId":"s-a","role":"participant"}],
             "transfers":[{"kind":"park","by":{"partyId":"p-a-9"}},{"kind":"blind","by":{"partyId":"p-a-2"},"to":null}],
             "links":[{"kind":"other","from":{"telephonySessionId":"s-b"},"to":{"telephonySessionId":"s-a"}}]}""";

    private static final ExpectedCalls CALLS = ExpectedCalls.of(List.of(EXPECTED));

    @Test
    void shouldAcceptExpectedCallsInAnyOrderWithMoreFields() {
        CALLS.assertAre(List.of(RECORD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "talkMs":5           | "talkMs":6          | call 1/s-a: talkMs is 6 and not 5
            "talkMs":5,          | ``                  | call 1/s-a: talkMs is  and not 5
            "ringMs":null        | "ringMs":0          | call 1/s-a: ringMs is 0 and not null
            "ringMs":null,       | ``                  | call 1/s-a: ringMs is  and not null
            "incomplete":[]      | "incomplete":["x"]  | call 1/s-a: incomplete is ["x"] and not []
            "missingSequences":[]|"missingSequences":[[3,3]]|call 1/s-a: session s-a: missingSequences is [[3,3]] and not []
            "telephonySessionId":"s-b"},{|"telephonySessionId":"s-c"},{|call 1/s-a: session s-b is not there
            "role":"participant" | "role":"bridge"     | call 1/s-a: party p-a-1: role is "bridge" and not "participant"
            "partyId":"p-a-2","holdMs"|"partyId":"p-a-3","holdMs"| call 1/s-a: party p-a-3 is there and not expected
            "partyId":"p-a-2","holdMs"|"partyId":"p-a-1","holdMs"| call 1/s-a: some party is there twice
            {"telephonySessionId":"s-b"},"to"|{"telephonySessionId":"s-c"},"to"|call 1/s-a: links between is [s-a and s-c]
            "phoneNumber":"101"  | "phoneNumber":"102" | call 1/s-a: party p-a-2: ownPhoneNumber is "102" and not "101"
            "to":null}           | "to":{"partyId":"p"}} | call 1/s-a: handovers is [blind by p-a-2 to p] and not [blind by p-a-2 to null]
            "callId":"s-a"       | "callId":"s-z"      | call 1/s-a is not there
            "accountId":"1"      | "accountId":"2"     | call 2/s-a is there and not expected
            """)
    void shouldNameTheCallAndTheFieldThatDiffer(String good, String bad, String complaint) {
        String record = RECORD.replace(good, bad);

        assertThat(record).isNotEqualTo(RECORD);
        assertThat(CALLS.complaints(List.of(record), true))
                .anySatisfy(line -> assertThat(line).contains(complaint));
    }

    @Test
    void shouldNotAcceptACallTwice() {
        assertThatThrownBy(() -> CALLS.assertAre(List.of(RECORD, RECORD)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("call 1/s-a is there twice");
    }

    @Test
    void shouldAcceptOtherCallsOnlyIfAllowed() {
        List<String> records = List.of(RECORD, RECORD.replace("s-a", "s-q"));

        CALLS.assertAreAmong(records);
        assertThatThrownBy(() -> CALLS.assertAre(records)).hasMessageContaining("1/s-q is there and not expected");
    }
}
