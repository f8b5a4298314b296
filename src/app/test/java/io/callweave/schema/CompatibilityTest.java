package io.callweave.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.topics.Topic;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate itself: what it lets pass, and what it says of what it does not. */
class CompatibilityTest {

    private static final Set<Promise> TO_READERS = EnumSet.of(Promise.TO_READERS);
    private static final Set<Promise> TO_WRITERS = EnumSet.of(Promise.TO_WRITERS);
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'type':'string'} | {'type':'integer'} | calls.x was of the type [string]; now it is of [integer].",
                "{'type':'integer'} | {'type':'number'} | calls.x was of the type [integer]; now it is of [number].",
                "{'type':'integer'} | {} | calls.x was of the type [integer] and can be anything now.",
                "{'type':'string'} | {'type':['string','null']} | calls.x can be null now, and could not be before.",
                "{'$ref':'#/$defs/d'} | {'anyOf':[{'$ref':'#/$defs/d'},{'type':'null'}]} | calls.x can be null now, and could not be before.",
                "{'type':'string','enum':['a']} | {'type':'string','enum':['a','b']} | calls.x can be \"b\" now, which readers of [\"a\"] do not know.",
                "{'type':'string','enum':['a']} | {'type':'string'} | calls.x was one of [\"a\"] and can be anything now.",
                "{'type':'integer','minimum':0} | {'type':'integer'} | calls.x was never below 0 and can be now.",
                "{'type':'integer','minimum':0} | {'type':'integer','minimum':-1} | calls.x was never below 0 and can be now.",
                "{'type':'integer','maximum':1} | {'type':'integer','maximum':2} | calls.x was never above 1 and can be now.",
                "{'type':'integer','x-unit':'ms'} | {'type':'integer','x-unit':'s'} | calls.x had the unit \"ms\"; now it has \"s\".",
                "{'type':'integer'} | {'type':'integer','x-unit':'s'} | calls.x had no unit; now it has \"s\".",
                "{'type':'string','format':'date-time'} | {'type':'string'} | calls.x had the format \"date-time\"; now it has none.",
                "{'type':'array','items':{'type':'string'}} | {'type':'array','items':{'type':'integer'}} | calls.x[] was of the type [string]; now it is of [integer].",
                "{'type':'array','items':{'type':'string'}} | {'type':'array'} | calls.x[] was described and can be anything now.",
                "{'type':'object','properties':{'y':{}}} | {'type':'object'} | calls.x.y is gone.",
                "{'$ref':'#/$defs/d'} | {'$ref':'#/$defs/e'} | calls.x.inner is gone.",
                "{'anyOf':[{'type':'string'},{'type':'array'}]} | {'anyOf':[{'type':'string'},{'type':'object'}]} | calls.x was of the type [array]; now it is of [object]."
            })
    void shouldSayWhatBreaks(String before, String after, String sentence) {
        assertThat(breaks(before, after)).containsExactly(sentence.strip());
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "\"{'type':'string'}\"; \"{'type':'string','description':'New words.'}\"",
                "\"{'type':['string','null']}\"; \"{'type':'string'}\"",
                "\"{'type':'number'}\"; \"{'type':'integer'}\"",
                "\"{'type':'string','enum':['a','b']}\"; \"{'type':'string','enum':['b']}\"",
                "\"{'type':'string'}\"; \"{'type':'string','enum':['b']}\"",
                "\"{'type':'string','x-known-values':['a']}\"; \"{'type':'string','x-known-values':['a','b']}\"",
                "\"{'type':'integer','minimum':0}\"; \"{'type':'integer','minimum':1}\"",
                "\"{'$ref':'#/$defs/e'}\"; \"{'$ref':'#/$defs/d'}\"",
                "\"{'anyOf':[{'$ref':'#/$defs/d'},{'type':'null'}]}\"; \"{'$ref':'#/$defs/d'}\"",
                "\"{}\"; \"{'type':'string'}\""
            },
            quoteCharacter = '"')
    void shouldLetPassWhatReadersDoNotNotice(String before, String after) {
        assertThat(breaks(before, after)).isEmpty();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'type':['string','null']} | {'type':'string'} | calls.x could be null before, and cannot now.",
                "{'type':'number'} | {'type':'integer'} | calls.x was of the type [number]; now it is of [integer].",
                "{} | {'type':'string'} | calls.x could be anything; now it is of [string].",
                "{'type':'string'} | {'type':'string','enum':['a']} | calls.x could be anything; now it is one of [\"a\"].",
                "{'enum':['a','b']} | {'enum':['a']} | calls.x could be \"b\" before; now it is one of [\"a\"].",
                "{'x-known-values':['a','b']} | {'x-known-values':['a']} | calls.x could be \"b\" before, which is not known now.",
                "{'type':'integer'} | {'type':'integer','minimum':0} | calls.x could be below 0 and cannot now.",
                "{'maximum':2} | {'maximum':1} | calls.x could be above 1 and cannot now.",
                "{'type':'string'} | {'type':'string','pattern':'a'} | calls.x had no pattern; now it has \"a\".",
                "{'type':'array'} | {'type':'array','items':{'type':'string'}} | calls.x[] could be anything and is described now.",
                "{'type':'object'} | {'type':'object','required':['y']} | calls.x.y could be left out before, and has to be there now.",
                "{'type':'object','properties':{'y':{}}} | {'type':'object'} | calls.x.y is gone.",
                "{'type':'object'} | {'type':'object','additionalProperties':false} | calls.x had no additionalProperties; now it has false.",
                "{'anyOf':[{'type':'string'},{'type':'array'}]} | {'anyOf':[{'type':'array'}]} | calls.x could be {\"type\":\"string\"} and cannot now."
            })
    void shouldSayWhatBreaksWriters(String before, String after, String sentence) {
        assertThat(Compatibility.breaks("calls", TO_WRITERS, with(before), with(after)))
                .containsExactly(sentence.strip());
    }

    @Test
    void shouldFollowReferencesOfAlternativesAndEndWhereTheyAreCircles() {
        String before = "{'anyOf':[{'type':'string'},{'$ref':'#/$defs/d'}],'$defs':{'d':{'type':'object',"
                + "'properties':{'inner':{'anyOf':[{'$ref':'#/$defs/d'},{'type':'null'}]},'y':{'type':'string'}}}}}";

        assertThat(Compatibility.breaks(
                        "calls", TO_READERS, json(before), json(before.replace("'y':{'type':'string'}", "'z':{}"))))
                .containsExactly("calls.inner.y is gone.", "calls.y is gone.");
    }

    @Test
    void shouldPromiseBothSidesWhatBothSidesDo() {
        assertThat(Promise.ofValue(Topic.DIRECTORY)).containsExactlyInAnyOrder(Promise.values());
        assertThat(Promise.ofValue(Topic.NOTIFICATIONS)).containsExactly(Promise.TO_WRITERS);
        assertThat(Promise.ofValue(Topic.CALLS)).containsExactly(Promise.TO_READERS);
        assertThat(Promise.ofValue(Topic.DELIVER_REQUESTS)).isEmpty();
    }

    @Test
    void shouldLetFieldsCome() {
        assertThat(
                        Compatibility.breaks(
                                "calls",
                                TO_READERS,
                                json("{'type':'object','required':['x'],'properties':{'x':{'type':'string'}}}"),
                                json(
                                        "{'type':'object','required':['x','y'],'properties':{'x':{'type':'string'},'y':{'type':'string'}}}")))
                .isEmpty();
    }

    @Test
    void shouldSayWhichFieldsAreGoneOrCanBeLeftOut() {
        assertThat(Compatibility.breaks(
                        "calls",
                        TO_READERS,
                        json(
                                "{'type':'object','required':['x','y'],'properties':{'x':{'type':'string'},'y':{'type':'string'}}}"),
                        json("{'type':'object','required':[],'properties':{'y':{'type':'string'}}}")))
                .containsExactly("calls.x is gone.", "calls.y was always there and can be left out now.");
    }

    @Test
    void shouldFindABreakFarDownInARealSchema() {
        ObjectNode current = Schemas.ofValue("calls");
        ((ObjectNode) current.at("/$defs/leg/properties")).remove("master");

        assertThat(Compatibility.breaks("calls", TO_READERS, Schemas.ofValue("calls"), current))
                .containsExactly("calls.legs[].master is gone.");
    }

    private static List<String> breaks(String before, String after) {
        return Compatibility.breaks("calls", TO_READERS, with(before), with(after));
    }

    private static JsonNode with(String field) {
        return json(
                "{'type':'object','properties':{'x':" + field.strip()
                        + "},'$defs':{'d':{'type':'object','properties':{'inner':{'type':'string'}}},'e':{'type':'object','properties':{}}}}");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
