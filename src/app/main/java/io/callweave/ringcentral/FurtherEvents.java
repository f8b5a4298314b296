package io.callweave.ringcentral;

import io.callweave.call.fact.FactKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which events a subscription is to deliver beside those of calls. Calls matter more: what the app may not have is left out.
 *
 * @param kinds what is wanted
 * @param mailboxes extensions, by id; RingCentral has a filter of voicemail for one extension at a time
 */
public record FurtherEvents(Set<Kind> kinds, Set<String> mailboxes) {

    public static final FurtherEvents NONE = new FurtherEvents(Set.of(), Set.of());

    /** What RingCentral calls it in a filter, behind the account and the extension. */
    private static final Pattern TEXT = Pattern.compile(".*(/directory/entries|/extension/[^/]+/voicemail|/insights)");

    private static final Pattern ACCOUNT = Pattern.compile("/(accounts?)/[^/]+/");

    /** Events that need a permission of their own. */
    public enum Kind {
        NAMES(CompanyDirectory.PERMISSION, "changes of the company directory"),
        VOICEMAIL("ReadMessages", "voicemail"),
        INSIGHTS("RingSense", "AI insights");

        private final String permission;
        private final String words;

        Kind(String permission, String words) {
            this.permission = permission;
            this.words = words;
        }

        /** Of the app. */
        public String permission() {
            return permission;
        }

        /** For sentences. */
        public String words() {
            return words;
        }
    }

    public FurtherEvents {
        kinds = kinds.isEmpty() ? Set.of() : Set.copyOf(kinds);
        mailboxes = Collections.unmodifiableSet(new TreeSet<>(mailboxes));
    }

    /** Without mailboxes yet. There are no events of recordings. */
    public static FurtherEvents of(boolean names, Set<FactKind> artifacts) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (names) {
            kinds.add(Kind.NAMES);
        }
        if (artifacts.contains(FactKind.VOICEMAIL)) {
            kinds.add(Kind.VOICEMAIL);
        }
        if (artifacts.contains(FactKind.INSIGHTS)) {
            kinds.add(Kind.INSIGHTS);
        }
        return new FurtherEvents(kinds, Set.of());
    }

    public boolean has(Kind kind) {
        return kinds.contains(kind);
    }

    public FurtherEvents ofMailboxes(Set<String> extensions) {
        return new FurtherEvents(kinds, extensions);
    }

    public FurtherEvents without(Kind kind) {
        return new FurtherEvents(kinds.stream().filter(each -> each != kind).collect(Collectors.toSet()), mailboxes);
    }

    /** What an app with these permissions may have. */
    FurtherEvents within(Set<String> permissions) {
        return new FurtherEvents(
                kinds.stream()
                        .filter(kind -> permissions.contains(kind.permission()))
                        .collect(Collectors.toSet()),
                mailboxes);
    }

    /** As RingCentral takes them. */
    List<String> filters() {
        List<String> filters = new ArrayList<>();
        new TreeSet<>(kinds).forEach(kind -> filters.addAll(filters(kind)));
        return filters;
    }

    private List<String> filters(Kind kind) {
        return switch (kind) {
            case NAMES -> List.of("/restapi/v1.0/account/~/directory/entries");
            case INSIGHTS -> List.of("/ai/ringsense/v1/public/accounts/~/domains/pbx/insights");
            case VOICEMAIL ->
                mailboxes.stream()
                        .map(extension -> "/restapi/v1.0/account/~/extension/" + extension + "/voicemail")
                        .toList();
        };
    }

    /** Those of its filters that are not among these; RingCentral writes ids in place of {@code ~}. */
    List<String> missingIn(Collection<String> filters) {
        return missing(filters(), filters);
    }

    /** What a subscription with these filters does not deliver, or not of all mailboxes. */
    public Set<Kind> kindsMissingIn(Subscription subscription) {
        Collection<String> delivered = new HashSet<>(subscription.filters());
        subscription.disabledFilters().forEach(delivered::remove);
        return kinds.stream()
                .filter(kind -> !missing(filters(kind), delivered).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> missing(List<String> wanted, Collection<String> filters) {
        Set<String> there = filters.stream().map(FurtherEvents::ofAnyAccount).collect(Collectors.toSet());
        return wanted.stream()
                .filter(filter -> !there.contains(ofAnyAccount(filter)))
                .toList();
    }

    private static String ofAnyAccount(String filter) {
        return ACCOUNT.matcher(filter).replaceFirst("/$1/~/");
    }

    /** Whether a filter is of such events. */
    public static boolean isOfThese(String filter) {
        return TEXT.matcher(filter).matches();
    }
}
