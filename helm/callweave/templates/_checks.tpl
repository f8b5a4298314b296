{{/* Values that contradict each other stop the render with a sentence. */}}
{{- define "callweave.checks" -}}
{{- $v := .Values -}}
{{- if not $v.kafka.bootstrapServers -}}
{{- fail "kafka.bootstrapServers is empty: name the brokers to connect to first, such as my-cluster-kafka-bootstrap.kafka:9092." -}}
{{- end -}}
{{- if not (or $v.streams.enabled $v.bridge.enabled $v.deliver.enabled $v.console.enabled $v.roles) -}}
{{- fail "No role is enabled: enable streams, bridge, deliver or console, or add one to roles." -}}
{{- end -}}
{{- include "callweave.checkStreams" . -}}
{{- include "callweave.checkBridge" . -}}
{{- include "callweave.checkDeliver" . -}}
{{- include "callweave.checkConsole" . -}}
{{- range $name := list "streams" "bridge" "deliver" "console" "topics" "alarms" "dashboards" -}}
{{- if hasKey $v.roles $name -}}
{{- fail (printf "roles.%s has a name that the chart uses itself: choose another one." $name) -}}
{{- end -}}
{{- end -}}
{{- range $role, $values := include "callweave.roles" . | fromYaml -}}
{{- include "callweave.checkRole" (dict "role" $role "values" $values) -}}
{{- end -}}
{{- include "callweave.checkNames" (dict "where" "kafka.config" "names" $v.kafka.config) -}}
{{- include "callweave.checkNames" (dict "where" "settings" "names" $v.settings) -}}
{{- range $name, $_ := $v.prometheusRule.alarms -}}
{{- $known := list -}}
{{- range ($.Files.Get "files/alarms.yaml" | fromYaml).alarms -}}{{- $known = append $known .alert -}}{{- end -}}
{{- if not (has $name $known) -}}
{{- fail (printf "prometheusRule.alarms.%s is no alarm of this chart; there are %s." $name (join ", " $known)) -}}
{{- end -}}
{{- end -}}
{{- if gt (include "callweave.milliseconds" $v.serviceMonitor.scrapeTimeout | int) (include "callweave.milliseconds" $v.serviceMonitor.interval | int) -}}
{{- fail (printf "serviceMonitor.scrapeTimeout=%s is longer than interval=%s: Prometheus refuses that." $v.serviceMonitor.scrapeTimeout $v.serviceMonitor.interval) -}}
{{- end -}}
{{- if gt (int $v.prometheusRule.businessHours.firstDay) (int $v.prometheusRule.businessHours.lastDay) -}}
{{- fail "prometheusRule.businessHours.lastDay is before firstDay." -}}
{{- end -}}
{{- if ge (int $v.prometheusRule.businessHours.from) (int $v.prometheusRule.businessHours.to) -}}
{{- fail "prometheusRule.businessHours.to is not after from." -}}
{{- end -}}
{{- end -}}

{{- define "callweave.checkStreams" -}}
{{- $streams := .Values.streams -}}
{{- if $streams.enabled -}}
{{- $least := include "callweave.leastReplicas" $streams | int -}}
{{- $most := include "callweave.mostReplicas" $streams | int -}}
{{- if gt (mul $most (int $streams.threads)) (mul 2 (int .Values.topics.partitions)) -}}
{{- fail (printf "streams: %d pods with %d threads each are more than the %d tasks of topics.partitions=%d: the rest would be idle." $most (int $streams.threads) (mul 2 (int .Values.topics.partitions)) (int .Values.topics.partitions)) -}}
{{- end -}}
{{- if eq $streams.groupProtocol "streams" -}}
{{- if .Values.kafka.staticMembership -}}
{{- fail "streams.groupProtocol=streams has no static membership: set kafka.staticMembership=false." -}}
{{- end -}}
{{- if gt (int $streams.standbyReplicas) 0 -}}
{{- fail "streams.groupProtocol=streams takes standbys from the group's own configuration: set streams.standbyReplicas=0, and streams.num.standby.replicas on the group (docs/operate.md)." -}}
{{- end -}}
{{- else if and $least (ge (int $streams.standbyReplicas) $least) -}}
{{- fail (printf "streams.standbyReplicas=%d needs at least %d pods, and there can be %d: there is nowhere to keep the copies." (int $streams.standbyReplicas) (add1 (int $streams.standbyReplicas)) $least) -}}
{{- end -}}
{{- if and .Values.kafka.staticMembership (not $streams.persistence.enabled) -}}
{{- fail "kafka.staticMembership needs streams.persistence: a pod that comes back without its state has no use for its old tasks. Enable the volumes, or set kafka.staticMembership=false." -}}
{{- end -}}
{{- $limit := include "callweave.mebibytes" (index (default dict $streams.resources.limits) "memory" | default "") | int -}}
{{- $java := default .Values.javaOptions.maxRAMPercentage ($streams.javaOptions | default dict).maxRAMPercentage | int -}}
{{- $stores := include "callweave.mebibytes" $streams.rocksdbMemory | int -}}
{{- if and (gt $limit 0) (gt (add (div (mul $limit $java) 100) $stores) (div (mul $limit 9) 10)) -}}
{{- fail (printf "streams: the heap (%d %% of %d Mi) and rocksdbMemory (%d Mi) leave less than a tenth of the memory limit for threads and the network: raise resources.limits.memory, or lower one of them." $java $limit $stores) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "callweave.checkBridge" -}}
{{- $bridge := .Values.bridge -}}
{{- if $bridge.enabled -}}
{{- if not $bridge.accounts.secretName -}}
{{- fail "bridge.accounts.secretName is empty: the bridge takes only accounts that it knows. Name a Secret with an accounts file (docs/connect.md#add-an-account), or set bridge.enabled=false." -}}
{{- end -}}
{{- if and $bridge.ringcentral.credentials.secretName (not $bridge.ringcentral.enabled) -}}
{{- fail "bridge.ringcentral.credentials.secretName is set, but bridge.ringcentral.enabled is false: set it to true, or take the Secret away." -}}
{{- end -}}
{{- if and $bridge.persistence.enabled (not $bridge.statefulSet) -}}
{{- fail "bridge.statefulSet=false is a Deployment, whose pods cannot each keep a volume: also set bridge.persistence.enabled=false and lose the spool with its pod, or leave statefulSet=true." -}}
{{- end -}}
{{- if and $bridge.persistence.enabled (ge (include "callweave.mebibytes" $bridge.spoolMaxSize | int) (include "callweave.mebibytes" $bridge.persistence.size | int)) -}}
{{- fail (printf "bridge.spoolMaxSize=%s does not fit in bridge.persistence.size=%s: the files take more than what is in them. How to enlarge the disk: docs/run.md#kubernetes." $bridge.spoolMaxSize $bridge.persistence.size) -}}
{{- end -}}
{{- end -}}
{{- if $bridge.ingress.enabled -}}
{{- if not $bridge.enabled -}}
{{- fail "bridge.ingress.enabled=true without the bridge: set bridge.enabled=true." -}}
{{- end -}}
{{- if not $bridge.ingress.hosts -}}
{{- fail "bridge.ingress.hosts is empty: name the host that RingCentral calls." -}}
{{- end -}}
{{- if not (or $bridge.ingress.tls $bridge.ingress.tlsElsewhere) -}}
{{- fail "bridge.ingress.tls is empty, and RingCentral delivers over HTTPS only: name a Secret with a certificate, or set bridge.ingress.tlsElsewhere=true if TLS ends in front of the Ingress." -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "callweave.checkDeliver" -}}
{{- $deliver := .Values.deliver -}}
{{- if $deliver.enabled -}}
{{- $least := include "callweave.leastReplicas" $deliver | int -}}
{{- $most := include "callweave.mostReplicas" $deliver | int -}}
{{- if gt (mul $most (int $deliver.threads)) (int .Values.topics.partitions) -}}
{{- fail (printf "deliver: %d pods with %d threads each are more than the %d tasks of topics.partitions: the rest would be idle." $most (int $deliver.threads) (int .Values.topics.partitions)) -}}
{{- end -}}
{{- if and $least (ge (int $deliver.standbyReplicas) $least) -}}
{{- fail (printf "deliver.standbyReplicas=%d needs at least %d pods, and there can be %d: there is nowhere to keep the copies." (int $deliver.standbyReplicas) (add1 (int $deliver.standbyReplicas)) $least) -}}
{{- end -}}
{{- if and $deliver.api.enabled (not $deliver.api.secretName) -}}
{{- fail "deliver.api.secretName is empty: the HTTP API needs access tokens. Name a Secret with them (docs/webhooks.md), or set deliver.api.enabled=false." -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "callweave.checkConsole" -}}
{{- $console := .Values.console -}}
{{- if and $console.enabled (not $console.access.secretName) -}}
{{- fail "console.access.secretName is empty: the console shows calls only to those with an access token. Name a Secret with tokens (docs/figures.md#the-console), or set console.enabled=false." -}}
{{- end -}}
{{- if $console.ingress.enabled -}}
{{- if not $console.enabled -}}
{{- fail "console.ingress.enabled=true without the console: set console.enabled=true." -}}
{{- end -}}
{{- if not $console.ingress.hosts -}}
{{- fail "console.ingress.hosts is empty: name the host that browsers open." -}}
{{- end -}}
{{- if not (or $console.ingress.tls $console.ingress.tlsElsewhere) -}}
{{- fail "console.ingress.tls is empty, and access tokens must not cross a network in the clear: name a Secret with a certificate, or set console.ingress.tlsElsewhere=true if TLS ends in front of the Ingress." -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What holds for every role. */}}
{{- define "callweave.checkRole" -}}
{{- $role := .role -}}
{{- with .values -}}
{{- if .autoscaling.enabled -}}
{{- if gt (int .autoscaling.minReplicas) (int .autoscaling.maxReplicas) -}}
{{- fail (printf "%s.autoscaling.minReplicas=%d is more than maxReplicas=%d." $role (int .autoscaling.minReplicas) (int .autoscaling.maxReplicas)) -}}
{{- end -}}
{{- if and (ne $role "streams") (not (default dict .resources.requests).cpu) -}}
{{- fail (printf "%s.autoscaling needs resources.requests.cpu: utilization is measured against it." $role) -}}
{{- end -}}
{{- end -}}
{{- if not (default dict .resources.limits).memory -}}
{{- fail (printf "%s.resources.limits.memory is not set: Java's heap is a share of it, and without it of the whole node." $role) -}}
{{- end -}}
{{- if and (not (regexMatch "%$" (toString .podDisruptionBudget.maxUnavailable))) .podDisruptionBudget.enabled (gt (int .podDisruptionBudget.maxUnavailable) 1) -}}
{{- $least := include "callweave.leastReplicas" . | int -}}
{{- if and (gt $least 1) (ge (int .podDisruptionBudget.maxUnavailable) $least) -}}
{{- fail (printf "podDisruptionBudget.maxUnavailable=%d would let all %d pods of %s go at once." (int .podDisruptionBudget.maxUnavailable) $least $role) -}}
{{- end -}}
{{- end -}}
{{- if lt (int .terminationGracePeriodSeconds) (add 35 (int .preStopSeconds)) -}}
{{- fail (printf "%s: terminationGracePeriodSeconds=%d is too short for preStopSeconds=%d and a clean stop of up to 30 seconds." $role (int .terminationGracePeriodSeconds) (int .preStopSeconds)) -}}
{{- end -}}
{{- include "callweave.checkNames" (dict "where" (printf "settings of %s" $role) "names" .settings) -}}
{{- include "callweave.checkNames" (dict "where" (printf "env of %s" $role) "names" .env) -}}
{{- range $option := .javaOptions.others -}}
{{- if regexMatch "(?i)(password|secret|passphrase)[^=]*=." $option -}}
{{- fail (printf "javaOptions.others of %s has a secret in plain text: mount it with secretFilesRefs." $role) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Secrets in plain text, and settings that the chart makes itself. */}}
{{- define "callweave.checkNames" -}}
{{- $where := .where -}}
{{- $own := dict "bootstrap.servers" "kafka.bootstrapServers" "application.id" "kafka.applicationId" "topics.prefix" "kafka.topicsPrefix" "state.dir" "kafka.stateDir" "state.rocksdb-memory" "streams.rocksdbMemory" "streams.num.stream.threads" "streams.threads" "streams.num.standby.replicas" "streams.standbyReplicas" "streams.session.timeout.ms" "streams.sessionTimeoutMs" "streams.heartbeat.interval.ms" "streams.sessionTimeoutMs" "streams.producer.transaction.timeout.ms" "streams.transactionTimeoutMs" "streams.group.protocol" "streams.groupProtocol" "streams.main.consumer.group.instance.id" "kafka.staticMembership" "bridge.spool.max-bytes" "bridge.spoolMaxSize" "bridge.accounts" "bridge.accounts.secretName" "bridge.accounts-file" "bridge.accounts.secretName" "bridge.tls-certificate" "bridge.tls.secretName" "bridge.tls-key-file" "bridge.tls.secretName" "bridge.public-url" "bridge.ringcentral.publicUrl" "ringcentral.server" "bridge.ringcentral.server" "ringcentral.transport" "bridge.ringcentral.transport" "deliver.key-file" "deliver.keys.secretName" "deliver.secrets-dir" "deliver.signing.secretName" "deliver.allowed-networks" "deliver.allowedNetworks" "deliver.api-access-file" "deliver.api.secretName" "deliver.api-port" "deliver.api.enabled" "deliver.api-host" "listenAddress" "console.access-file" "console.access.secretName" "console.masking" "console.masking" "privacy.exclude" "privacy.exclude" "console.store.max-bytes" "console.storeSize" "console.host" "listenAddress" "console.port" "" "console.data-dir" "" "http.host" "listenAddress" "http.port" "" "http.allowed-networks" "metricsNetworks" "bridge.host" "listenAddress" "bridge.port" "" "bridge.spool.dir" "" -}}
{{- range $setting, $instead := $own -}}
{{- $_ := set $own (printf "CALLWEAVE_%s" (upper $setting | replace "." "_" | replace "-" "_")) $instead -}}
{{- end -}}
{{- $own = merge $own (dict "CALLWEAVE_CONFIG" "settings" "CALLWEAVE_JAVA_OPTS" "javaOptions" "CALLWEAVE_LOG_LEVEL" "logLevel" "CALLWEAVE_LOG_FORMAT" "logFormat") -}}
{{- range $name, $value := .names -}}
{{- if hasKey $own $name -}}
{{- $instead := index $own $name -}}
{{- fail (printf "%s: %s is set by the chart itself%s." $where $name (ternary (printf "; use %s" $instead) "" (ne $instead ""))) -}}
{{- end -}}
{{- $words := lower $name | replace "_" "." -}}
{{- if and (regexMatch "password|passphrase|secret|token|jaas|jwt|user\\.info|key$" $words) (not (regexMatch "token\\.endpoint\\.url$" $words)) (ne (toString $value) "") (not (contains "${" (toString $value))) -}}
{{- fail (printf "%s: %s is a secret in plain text. Use secretRefs, or a config provider of Kafka as ${dir:…} with secretFilesRefs." $where $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A time such as 10s in milliseconds. */}}
{{- define "callweave.milliseconds" -}}
{{- $number := regexFind "^[0-9]+" . | int64 -}}
{{- if hasSuffix "ms" . -}}{{- $number -}}{{- else if hasSuffix "m" . -}}{{- mul $number 60000 -}}{{- else -}}{{- mul $number 1000 -}}{{- end -}}
{{- end -}}

{{/* A quantity such as 1Gi in Mi; 0 if it has another form. */}}
{{- define "callweave.mebibytes" -}}
{{- $text := toString . -}}
{{- $number := regexFind "^[0-9]+" $text | default "0" | int64 -}}
{{- if hasSuffix "Ti" $text -}}{{- mul $number 1048576 -}}
{{- else if hasSuffix "Gi" $text -}}{{- mul $number 1024 -}}
{{- else if hasSuffix "Mi" $text -}}{{- $number -}}
{{- else if hasSuffix "Ki" $text -}}{{- div $number 1024 -}}
{{- else if hasSuffix "G" $text -}}{{- div (mul $number 1000000000) 1048576 -}}
{{- else if hasSuffix "M" $text -}}{{- div (mul $number 1000000) 1048576 -}}
{{- else -}}0{{- end -}}
{{- end -}}
