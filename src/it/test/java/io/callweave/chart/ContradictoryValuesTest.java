package io.callweave.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that contradict each other, or cannot be right, stop the render with a sentence. */
class ContradictoryValuesTest {

    private static final Path MINIMAL = Chart.SOURCE.resolve("examples/minimal.yaml");

    private static Chart chart;

    @BeforeAll
    static void copy() {
        chart = Chart.copy();
    }

    @AfterAll
    static void delete() {
        chart.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        kafka: {bootstrapServers: ''}                     | kafka.bootstrapServers is empty
        {streams: {enabled: false}, bridge: {enabled: false}} | No role is enabled
        bridge: {accounts: {secretName: ''}}              | bridge.accounts.secretName is empty
        bridge: {ringcentral: {credentials: {secretName: a}}} | but bridge.ringcentral.enabled is false
        settings: {ringcentral.jwt: abc}                  | is a secret in plain text
        settings: {ringcentral.server: 'https://a.b'}     | is set by the chart itself; use bridge.ringcentral.server
        bridge: {statefulSet: false}                      | is a Deployment, whose pods cannot each keep a volume
        bridge: {spoolMaxSize: 4Gi}                       | does not fit in bridge.persistence.size=4Gi
        bridge: {ingress: {enabled: true}}                | bridge.ingress.hosts is empty
        bridge: {ingress: {enabled: true, hosts: [a.b]}}  | RingCentral delivers over HTTPS only
        bridge: {enabled: false, ingress: {enabled: true}} | bridge.ingress.enabled=true without the bridge
        bridge: {autoscaling: {enabled: true, minReplicas: 9}} | bridge.autoscaling.minReplicas=9 is more than maxReplicas=4
        bridge: {autoscaling: {enabled: true}, resources: {requests: {cpu: null}}} | needs resources.requests.cpu
        streams: {replicaCount: 1}                        | there is nowhere to keep the copies
        streams: {replicaCount: 13}                       | the rest would be idle
        streams: {persistence: {enabled: false}}          | kafka.staticMembership needs streams.persistence
        streams: {groupProtocol: streams}                 | has no static membership
        {streams: {groupProtocol: streams}, kafka: {staticMembership: false}} | takes standbys from the group's own configuration
        streams: {resources: {limits: {memory: 512Mi}}}   | leave less than a tenth of the memory limit
        streams: {resources: {limits: {memory: null}}}    | streams.resources.limits.memory is not set
        settings: {bridge.privacy-key: abc}               | is a secret in plain text
        streams: {settings: {kafka.sasl.jaas.config: abc}} | is a secret in plain text
        kafka: {config: {ssl.truststore.password: abc}}   | is a secret in plain text
        env: {CALLWEAVE_BRIDGE_ACCOUNT_TOKENS: abc}       | is a secret in plain text
        javaOptions: {others: [-Dx.password=abc]}         | has a secret in plain text
        settings: {bootstrap.servers: 'a:1'}              | bootstrap.servers is set by the chart itself; use kafka.bootstrapServers
        env: {CALLWEAVE_BOOTSTRAP_SERVERS: 'a:1'}         | CALLWEAVE_BOOTSTRAP_SERVERS is set by the chart itself; use kafka.bootstrapServers
        env: {CALLWEAVE_LOG_LEVEL: debug}                 | CALLWEAVE_LOG_LEVEL is set by the chart itself; use logLevel
        serviceMonitor: {interval: 5s}                    | serviceMonitor.scrapeTimeout=10s is longer than interval=5s
        settings: {bridge.accounts: 1=/secret-path}       | bridge.accounts is set by the chart itself; use bridge.accounts.secretName
        settings: {http.port: 1}                          | http.port is set by the chart itself
        terminationGracePeriodSeconds: 40                 | is too short for preStopSeconds=10 and a clean stop
        podDisruptionBudget: {maxUnavailable: 2}          | would let all 2 pods of bridge go at once
        deliver: {enabled: true, replicaCount: 1}         | there is nowhere to keep the copies
        deliver: {enabled: true, replicaCount: 7}         | the rest would be idle
        deliver: {enabled: true, api: {enabled: true}}    | the HTTP API needs access tokens
        console: {enabled: true}                          | console.access.secretName is empty
        console: {enabled: true, access: {secretName: a}, ingress: {enabled: true}} | console.ingress.hosts is empty
        console: {enabled: true, access: {secretName: a}, ingress: {enabled: true, hosts: [a.b]}} | must not cross a network in the clear
        console: {ingress: {enabled: true}}               | console.ingress.enabled=true without the console
        settings: {console.host: 127.0.0.1}               | console.host is set by the chart itself; use listenAddress
        settings: {deliver.api-port: 1}                   | is set by the chart itself; use deliver.api.enabled
        roles: {console: {command: [x], resources: {limits: {memory: 1Gi}}}} | a name that the chart uses itself
        roles: {topics: {command: [x], resources: {limits: {memory: 1Gi}}}} | a name that the chart uses itself
        prometheusRule: {alarms: {CallweaveFoo: {enabled: false}}} | CallweaveFoo is no alarm of this chart
        prometheusRule: {businessHours: {from: 20}}       | businessHours.to is not after from
        prometheusRule: {businessHours: {firstDay: 6}}    | businessHours.lastDay is before firstDay
        """)
    void shouldStopWithASentence(String values, String sentence) {
        String more = values.contains("terminationGrace") ? "{" + values + ", bridge: {preStopSeconds: 10}}" : values;

        assertThatThrownBy(() -> chart.render(Chart.values(MINIMAL, more))).hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        replicaCount: 3                       | replicaCount
        streams: {replicas: 3}                | replicas
        streams: {replicaCount: three}        | replicaCount
        streams: {replicaCount: -1}           | replicaCount
        bridge: {resources: {limits: {memory: 1.5Gi}}} | memory
        bridge: {resources: {requests: {cpu: much}}} | cpu
        fullnameOverride: Calls               | fullnameOverride
        bridge: {accounts: {secretName: My_Secret}} | secretName
        serviceMonitor: {interval: 0s}        | interval
        listenAddress: 127.0.0.1              | listenAddress
        imageTag: latest                      | imageTag
        kafka: {bootstrapServers: kafka}      | bootstrapServers
        kafka: {stateDir: /tmp/state}         | stateDir
        logLevel: loud                        | logLevel
        bridge: {ringcentral: {transport: pigeon}} | transport
        bridge: {ringcentral: {publicUrl: 'http://a.b'}} | publicUrl
        podDisruptionBudget: {maxUnavailable: 0} | maxUnavailable
        roles: {other: {command: [x]}}        | resources
        roles: {other: {resources: {}}}       | command
        roles: {Other: {command: [x], resources: {}}} | Other
        bridge: {persistence: {size: 4GB}}    | size
        secretRefs: {A: {name: b}}            | secretRefs
        secretRefs: {A: plain}                | secretRefs
        settings: {Linger: 5s}                | Linger
        """)
    void shouldRefuseWhatTheSchemaDoesNotAllow(String values, String named) {
        assertThatThrownBy(() -> chart.render(Chart.values(MINIMAL, values)))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(named);
    }
}
