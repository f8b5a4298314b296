package io.callweave.bridge.transport;

import io.callweave.bridge.FeedGaps;
import io.callweave.bridge.Intake;
import io.callweave.bridge.account.CurrentAccounts;
import io.callweave.bridge.activity.BridgeActivity;
import io.callweave.bridge.activity.BridgeMetrics;
import java.time.InstantSource;

/**
 * What a transport works with; all of them share it.
 *
 * @param accounts of which notifications may come
 * @param ours takes what the bridge itself writes about calls; it counts as no notification
 * @param clock of receipts
 */
public record BridgeServices(
        CurrentAccounts accounts,
        Intake intake,
        Intake ours,
        FeedGaps gaps,
        BridgeActivity activity,
        BridgeMetrics metrics,
        Upkeep upkeep,
        InstantSource clock) {}
