package io.callweave.platform.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A WebSocket session, as a subscription sees it. It outlives its connection for as long as it can be recovered. */
public interface FrameChannel {

    /** Identifies the session. */
    String id();

    /** The subscription of this session from now on; a session has one at most. */
    void subscribed(String subscriptionId);

    /** Sends a notification, or keeps it until the session is recovered. */
    void push(ObjectNode envelope);
}
