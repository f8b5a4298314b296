package io.callweave.notification.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object in the order received. Of members with the same name, the last one counts. A member with
 * another type than requested counts as not sent.
 */
public final class JsonObject implements JsonValue {

    private final List<Member> members;

    private JsonObject(List<Member> members) {
        this.members = members;
    }

    @Nullable
    JsonValue get(String name) {
        // A parser returns the same name strings again and again, and strings cache their hash codes.
        int hash = name.hashCode();
        for (int i = members.size() - 1; i >= 0; i--) {
            Member member = members.get(i);
            if (member.name.hashCode() == hash && member.name.equals(name)) {
                return member.value;
            }
        }
        return null;
    }

    /**
     * All members in the order received, including those with equal names. To read many members, one pass is cheaper
     * than a search for each.
     */
    public void forEach(BiConsumer<String, JsonValue> taker) {
        for (int i = 0; i < members.size(); i++) {
            taker.accept(members.get(i).name, members.get(i).value);
        }
    }

    @Nullable
    public String text(String name) {
        JsonValue value = get(name);
        return value == null ? null : value.text();
    }

    @Nullable
    public String id(String name) {
        JsonValue value = get(name);
        return value == null ? null : value.id();
    }

    @Nullable
    public Boolean flag(String name) {
        JsonValue value = get(name);
        return value == null ? null : value.flag();
    }

    @Nullable
    public JsonObject object(String name) {
        return get(name) instanceof JsonObject object ? object : null;
    }

    /** Empty if it is no list. */
    public List<JsonValue> elements(String name) {
        return get(name) instanceof JsonArray array ? array.elements() : List.of();
    }

    private record Member(String name, JsonValue value) {}

    /** Collects members in the order received. */
    static final class Builder {

        private final ArrayList<Member> members = new ArrayList<>(16);

        void add(String name, JsonValue value) {
            members.add(new Member(name, value));
        }

        JsonObject build() {
            return new JsonObject(members);
        }
    }
}
