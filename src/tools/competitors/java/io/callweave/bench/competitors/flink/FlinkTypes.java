package io.callweave.bench.competitors.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/** Types that Flink serializes without a generic serializer. */
final class FlinkTypes {

    static final TypeInformation<Tuple2<String, byte[]>> KEYED_JSON =
            Types.TUPLE(Types.STRING, Types.PRIMITIVE_ARRAY(Types.BYTE));

    private FlinkTypes() {}
}
