package io.callweave.simulation.artifact;

/**
 * How much comes after calls.
 *
 * @param insights this share of the recordings has AI insights
 * @param missing this share of all recordings and messages is never told of
 * @param doubled this share of notifications arrives twice
 * @param sooner insights come so many times sooner than those of RingCentral
 */
public record ArtifactMix(double insights, double missing, double doubled, int sooner) {

    /** Only calls. */
    public static final ArtifactMix NONE = new ArtifactMix(0, 1, 0, 1);

    /** As a company might have it that lets RingCentral listen to its calls. */
    public static final ArtifactMix DEFAULT = new ArtifactMix(0.6, 0.05, 0.1, 1);

    /** The same for people who look on: within four minutes instead of forty. */
    public static final ArtifactMix LIVE = new ArtifactMix(0.6, 0.05, 0.1, 10);
}
