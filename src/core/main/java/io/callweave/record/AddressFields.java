package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.AnsweredBy;
import io.callweave.call.event.Address;
import io.callweave.call.transfer.NumberSeen;
import io.callweave.value.ValueType;

/** A number and who has it, the numbers of a call, and who answered it. */
final class AddressFields {

    static final ValueType<Address> ADDRESS = ValueType.<Address>named(
                    "address", says("A number or extension. Each field is as it was sent, except `e164`."))
            .textOrNull(
                    "phoneNumber",
                    Address::phoneNumber,
                    says("As sent: in E.164, a short extension, a star code, \"conference\", masked, or absent."))
            .textOrNull(
                    "e164",
                    address -> E164.of(address.phoneNumber()),
                    says("The number in E.164, if that form is certain.")
                            .pattern("^\\+[0-9]+$")
                            .see("records.md#the-call"))
            .textOrNull("name", Address::name, says("The name that was sent with it."))
            .textOrNull("extensionId", Address::extensionId, says("The id of the extension."))
            .textOrNull("extensionNumber", Address::extensionNumber, says("The number of the extension."))
            .end();

    static final ValueType<AnsweredBy> ANSWERED_BY = ValueType.<AnsweredBy>named(
                    "answeredBy",
                    says("The answering party with the earliest Answered.").see("records.md#answering-parties"))
            .titled("answered by")
            .text("telephonySessionId", by -> by.party().telephonySessionId(), says("The party's session."))
            .text("partyId", by -> LinkFields.idOf(by.party()), says("The party."))
            .textOrNull("extensionId", AnsweredBy::extensionId, says("Its own extension; null for an outside party."))
            .textOrNull("queueExtensionId", AnsweredBy::queueExtensionId, says("The queue that it answered for."))
            .textOrNull(
                    "phoneNumber", AnsweredBy::phoneNumber, says("Of its own address; null if that is the queue's."))
            .textOrNull(
                    "e164",
                    by -> E164.of(by.phoneNumber()),
                    says("As in an address.").pattern("^\\+[0-9]+$"))
            .textOrNull("name", AnsweredBy::name, says("Of its own address; null if that is the queue's."))
            .end();

    static final ValueType<NumberSeen> NUMBER = ValueType.<NumberSeen>named(
                    "number",
                    says("A number that some event of the call has in `from` or `to`.")
                            .see("records.md#numbers"))
            .textOrNull("phoneNumber", NumberSeen::phoneNumber, says("As sent."))
            .textOrNull(
                    "e164",
                    number -> E164.of(number.phoneNumber()),
                    says("As in an address.").pattern("^\\+[0-9]+$"))
            .textOrNull(
                    "extensionId",
                    NumberSeen::extensionId,
                    says("The last that was sent with the number and is not empty, by session, then sequence."))
            .textOrNull(
                    "extensionNumber",
                    NumberSeen::extensionNumber,
                    says("The last that was sent with the number and is not empty, by session, then sequence."))
            .textOrNull(
                    "name",
                    NumberSeen::name,
                    says("The last that was sent with the number and is not empty, by session, then sequence."))
            .time("firstSeen", NumberSeen::firstSeen, says("The smallest `eventTime` of its events."))
            .text(
                    "introducedBy",
                    number -> EnumNames.lowerCase(number.introducedBy()),
                    says("What brought the number into the call.")
                            .known(
                                    "start",
                                    "attended",
                                    "blind",
                                    "conference",
                                    "park",
                                    "flip",
                                    "switch",
                                    "pickup",
                                    "other")
                            .see("records.md#numbers"))
            .end();

    private AddressFields() {}
}
