{{/* A value as text. Helm reads large numbers as floats, and would print 1e+06. */}}
{{- define "callweave.scalar" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}
{{- printf "%.0f" . -}}
{{- else -}}
{{- toString . -}}
{{- end -}}
{{- end -}}

{{/* A map as a file of Java properties. */}}
{{- define "callweave.properties" -}}
{{- range $name, $value := . }}
{{ $name }}={{ include "callweave.scalar" $value | replace "\\" "\\\\" | replace "\n" "\\n" }}
{{- end }}
{{- end -}}

{{/* Settings that follow from other values, as YAML. Takes root and role, which is "topics" for the Job. */}}
{{- define "callweave.derivedSettings" -}}
{{- $kafka := .root.Values.kafka -}}
bootstrap.servers: {{ $kafka.bootstrapServers | quote }}
application.id: {{ $kafka.applicationId | quote }}
topics.prefix: {{ $kafka.topicsPrefix | quote }}
http.host: {{ .root.Values.listenAddress | quote }}
http.port: "8080"
http.allowed-networks: {{ join "," .root.Values.metricsNetworks | quote }}
state.dir: {{ $kafka.stateDir | quote }}
{{- range $name, $value := $kafka.config }}
{{ printf "kafka.%s" $name }}: {{ include "callweave.scalar" $value | quote }}
{{- end }}
{{- if eq .role "streams" }}
{{- $streams := .root.Values.streams }}
state.rocksdb-memory: {{ printf "%sB" $streams.rocksdbMemory | quote }}
streams.producer.transaction.timeout.ms: {{ include "callweave.scalar" $streams.transactionTimeoutMs | quote }}
streams.num.stream.threads: {{ include "callweave.scalar" $streams.threads | quote }}
{{- if ne $streams.groupProtocol "streams" }}
streams.num.standby.replicas: {{ include "callweave.scalar" $streams.standbyReplicas | quote }}
streams.session.timeout.ms: {{ include "callweave.scalar" $streams.sessionTimeoutMs | quote }}
streams.heartbeat.interval.ms: {{ div $streams.sessionTimeoutMs 4 | quote }}
{{- end }}
streams.group.protocol: {{ $streams.groupProtocol | quote }}
{{- if .root.Values.topics.replicationFactor }}
streams.replication.factor: {{ include "callweave.scalar" .root.Values.topics.replicationFactor | quote }}
{{- end }}
{{- end }}
{{- if eq .role "bridge" }}
{{- $bridge := .root.Values.bridge }}
bridge.host: {{ .root.Values.listenAddress | quote }}
bridge.port: "8081"
bridge.spool.dir: "/var/lib/callweave/spool"
bridge.spool.max-bytes: {{ printf "%sB" $bridge.spoolMaxSize | quote }}
{{- if $bridge.accounts.secretName }}
bridge.accounts-file: {{ printf "/etc/callweave/accounts/%s" $bridge.accounts.key | quote }}
{{- end }}
{{- with $bridge.ringcentral }}
{{- if .enabled }}
ringcentral.transport: {{ .transport | quote }}
{{- with .server }}
ringcentral.server: {{ . | quote }}
{{- end }}
{{- with .publicUrl }}
bridge.public-url: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- if $bridge.tls.secretName }}
bridge.tls-certificate: "/etc/callweave/tls/tls.crt"
bridge.tls-key-file: "/etc/callweave/tls/tls.key"
{{- end }}
{{- end }}
{{- if eq .role "deliver" }}
{{- $deliver := .root.Values.deliver }}
state.rocksdb-memory: {{ printf "%sB" $deliver.rocksdbMemory | quote }}
streams.num.stream.threads: {{ include "callweave.scalar" $deliver.threads | quote }}
streams.num.standby.replicas: {{ include "callweave.scalar" $deliver.standbyReplicas | quote }}
streams.session.timeout.ms: {{ include "callweave.scalar" $deliver.sessionTimeoutMs | quote }}
streams.heartbeat.interval.ms: {{ div $deliver.sessionTimeoutMs 4 | quote }}
{{- if .root.Values.topics.replicationFactor }}
streams.replication.factor: {{ include "callweave.scalar" .root.Values.topics.replicationFactor | quote }}
{{- end }}
{{- if $deliver.keys.secretName }}
deliver.key-file: {{ printf "/etc/callweave/keys/%s" $deliver.keys.key | quote }}
{{- end }}
{{- if $deliver.signing.secretName }}
deliver.secrets-dir: "/etc/callweave/signing"
{{- end }}
{{- with $deliver.allowedNetworks }}
deliver.allowed-networks: {{ join "," . | quote }}
{{- end }}
{{- if $deliver.api.enabled }}
deliver.api-host: {{ $.root.Values.listenAddress | quote }}
deliver.api-port: "8082"
deliver.api-access-file: {{ printf "/etc/callweave/api/%s" $deliver.api.key | quote }}
{{- end }}
{{- end }}
{{- if has .role (list "deliver" "console") }}
{{- with .root.Values.privacy.exclude }}
privacy.exclude: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- if eq .role "console" }}
{{- $console := .root.Values.console }}
console.host: {{ .root.Values.listenAddress | quote }}
console.port: "8083"
console.data-dir: "/var/lib/callweave/console"
console.store.max-bytes: {{ printf "%sB" $console.storeSize | quote }}
console.access-file: {{ printf "/etc/callweave/access/%s" $console.access.key | quote }}
console.masking: {{ ternary "on" "off" $console.masking | quote }}
{{- end }}
{{- end -}}

{{/* The settings file of a role: root, role, values. */}}
{{- define "callweave.settingsFile" -}}
{{- $derived := include "callweave.derivedSettings" . | fromYaml -}}
{{- include "callweave.properties" (mustMergeOverwrite (deepCopy .values.settings) $derived) | trim }}
{{- end -}}
