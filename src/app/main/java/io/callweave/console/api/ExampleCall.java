package io.callweave.console.api;

/**
 * A call that the page offers to look at first.
 *
 * @param text what is to be seen in it, in some words
 */
public record ExampleCall(String accountId, String callId, String text) {}
