package io.callweave.platform.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.PlatformRequest;
import org.jspecify.annotations.Nullable;

/**
 * An extension as the company directory lists it.
 *
 * @param id of the extension
 * @param type in RingCentral's words, such as {@code User}, {@code Department} (a call queue) or {@code IvrMenu}
 * @param number the short number
 * @param site its name; null for none
 * @param department of a user; null for none
 */
public record PlatformContact(
        String id,
        String type,
        String number,
        String name,
        @Nullable String site,
        @Nullable String department) {

    static final String USER = "User";
    static final String QUEUE = "Department";

    PlatformContact named(String newName) {
        return new PlatformContact(id, type, number, newName, site, department);
    }

    boolean isQueue() {
        return type.equals(QUEUE);
    }

    /** Users have a first and a last name, all others one name. */
    ObjectNode json() {
        ObjectNode json =
                PlatformRequest.object().put("id", id).put("type", type).put("status", "Enabled");
        int space = name.lastIndexOf(' ');
        if (!type.equals(USER)) {
            json.put("name", name);
        } else if (space < 0) {
            json.put("firstName", name);
        } else {
            json.put("firstName", name.substring(0, space)).put("lastName", name.substring(space + 1));
        }
        json.put("extensionNumber", number);
        if (department != null) {
            json.put("department", department);
        }
        if (site != null) {
            json.putObject("site")
                    .put("id", Integer.toString(Math.floorMod(site.hashCode(), 1_000_000)))
                    .put("name", site);
        }
        return json;
    }
}
