package io.callweave.call;

/**
 * What of a call's meaning can be set.
 *
 * @param gapsCount whether missing sequences make a call incomplete; not where a subscription is filtered or of an
 *     extension, since gaps are normal there
 */
public record CallRules(boolean gapsCount) {

    public static final CallRules DEFAULT = new CallRules(true);
}
