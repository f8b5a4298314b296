package io.callweave.notification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object by name, in the order of UTF-16 code units; of members with the same name the last one. Asked
 * for a member in a type that it does not have, it has none: a field of the wrong type counts as not sent.
 */
final class JsonObject implements JsonValue {

    private final List<Member> members;

    private JsonObject(List<Member> members) {
        this.members = members;
    }

    @Nullable
    JsonValue get(String name) {
        // Hash codes are kept in the strings, whose names a parser hands out again and again.
        int hash = name.hashCode();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (member.name.hashCode() == hash && member.name.equals(name)) {
                return member.value;
            }
        }
        return null;
    }

    /** All members, in their order: where many are asked for, one look at each is cheaper than one search for each. */
    void forEach(BiConsumer<String, JsonValue> taker) {
        for (int i = 0; i < members.size(); i++) {
            taker.accept(members.get(i).name, members.get(i).value);
        }
    }

    @Nullable
    String text(String name) {
        JsonValue value = get(name);
        return value == null ? null : value.text();
    }

    @Nullable
    String id(String name) {
        JsonValue value = get(name);
        return value == null ? null : value.id();
    }

    @Nullable
    Boolean flag(String name) {
        JsonValue value = get(name);
        return value == null ? null : value.flag();
    }

    @Nullable
    JsonObject object(String name) {
        return get(name) instanceof JsonObject object ? object : null;
    }

    @Override
    public void writeTo(StringBuilder out) {
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            JsonText.write(members.get(i).name, out);
            out.append(':');
            members.get(i).value.writeTo(out);
        }
        out.append('}');
    }

    private record Member(String name, JsonValue value) {}

    /** Takes members as they come, and sorts them only if they did not come sorted, as those of a canonical form do. */
    static final class Builder {

        private final ArrayList<Member> members = new ArrayList<>(16);
        private @Nullable String last;
        private boolean sorted = true;

        void add(String name, JsonValue value) {
            sorted &= last == null || last.compareTo(name) < 0;
            last = name;
            members.add(new Member(name, value));
        }

        JsonObject build() {
            if (!sorted) {
                members.sort(Comparator.comparing(Member::name));
                keepLastOfEqualNames();
            }
            return new JsonObject(members);
        }

        /** The sort is stable: of equal names the last one received is the last one here too. */
        private void keepLastOfEqualNames() {
            int kept = 0;
            for (int i = 1; i < members.size(); i++) {
                if (!members.get(i).name.equals(members.get(kept).name)) {
                    kept++;
                }
                members.set(kept, members.get(i));
            }
            members.subList(kept + 1, members.size()).clear();
        }
    }
}
