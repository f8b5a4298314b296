package io.callweave.testcalls;

import io.callweave.simulation.phonecall.PhoneCall;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** For properties about calls: {@code @Domain(CallDomain.class)} provides parameters of these types. */
public final class CallDomain extends DomainContextBase {

    private static final int MOST_CALLS = 6;
    private static final int MOST_EVENTS = 40;

    @Provide
    Arbitrary<PhoneCall> call() {
        return PhoneCalls.one();
    }

    @Provide
    Arbitrary<PhoneCalls> calls() {
        return PhoneCalls.arbitrary(MOST_CALLS);
    }

    @Provide
    Arbitrary<Chaos> chaos() {
        return Chaos.arbitrary(MOST_EVENTS);
    }
}
