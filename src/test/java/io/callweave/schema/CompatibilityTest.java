package io.callweave.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate itself: what it lets pass, and what it says of what it does not. */
class CompatibilityTest {

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
                "{'anyOf':[{'type':'string'},{'type':'array'}]} | {'anyOf':[{'type':'string'},{'type':'object'}]} | calls.x has other alternatives than before."
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

    @Test
    void shouldLetFieldsCome() {
        assertThat(
                        Compatibility.breaks(
                                "calls",
                                json("{'type':'object','required':['x'],'properties':{'x':{'type':'string'}}}"),
                                json(
                                        "{'type':'object','required':['x','y'],'properties':{'x':{'type':'string'},'y':{'type':'string'}}}")))
                .isEmpty();
    }

    @Test
    void shouldSayWhichFieldsAreGoneOrCanBeLeftOut() {
        assertThat(Compatibility.breaks(
                        "calls",
                        json(
                                "{'type':'object','required':['x','y'],'properties':{'x':{'type':'string'},'y':{'type':'string'}}}"),
                        json("{'type':'object','required':[],'properties':{'y':{'type':'string'}}}")))
                .containsExactly("calls.x is gone.", "calls.y was always there and can be left out now.");
    }

    @Test
    void shouldFindABreakFarDownInARealSchema() {
        ObjectNode current = Schemas.ofValue("calls");
        ((ObjectNode) current.at("/$defs/leg/properties")).remove("master");

        assertThat(Compatibility.breaks("calls", Schemas.ofValue("calls"), current))
                .containsExactly("calls.legs[].master is gone.");
    }

    private static List<String> breaks(String before, String after) {
        return Compatibility.breaks("calls", with(before), with(after));
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
