package io.callweave.console.store;

/**
 * Where a notification is on its topic.
 *
 * @param account that it belongs to; empty for none
 * @param session the telephony session that it is about
 * @param writtenAt the time of its record, in milliseconds since the epoch
 */
public record NotificationPlace(String account, String session, int partition, long offset, long writtenAt) {}
