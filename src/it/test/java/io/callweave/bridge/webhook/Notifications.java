package io.callweave.bridge.webhook;

/** Notifications as RingCentral sends them, with one party. */
final class Notifications {

    private Notifications() {}

    static String of(String account, String session) {
        return of(account, session, "+16505550100", "Ada Lovelace");
    }

    static String of(String account, String session, String number, String name) {
        return """
                {"uuid":"u-1","event":"/restapi/v1.0/account/%s/telephony/sessions","timestamp":"2026-01-02T03:04:05.678Z",\
                "subscriptionId":"x","ownerId":"7","body":{"sequence":2,"sessionId":"429180487016",\
                "telephonySessionId":"%s","serverId":"10.74.9.1","eventTime":"2026-01-02T03:04:05.600Z",\
                "parties":[{"accountId":"%s","extensionId":"7","id":"p-1","direction":"Inbound",\
                "from":{"phoneNumber":"%s","name":"%s"},"to":{"phoneNumber":"101"},\
                "status":{"code":"Setup"}}],"origin":{"type":"Call"}}}""".formatted(account, session, account, number, name);
    }
}
