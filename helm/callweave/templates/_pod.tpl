{{/* The pod of a role: root, role, values. The template of every workload of this chart. */}}
{{- define "callweave.pod" -}}
metadata:
  labels:
    {{- mustMergeOverwrite (deepCopy .values.podLabels) (include "callweave.selector" . | fromYaml) | toYaml | nindent 4 }}
  annotations:
    # A changed setting restarts the pods.
    checksum/settings: {{ include "callweave.settingsFile" . | sha256sum }}
    {{- with .values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  {{- include "callweave.podBasics" . | nindent 2 }}
  serviceAccountName: {{ include "callweave.serviceAccountName" .root }}
  terminationGracePeriodSeconds: {{ .values.terminationGracePeriodSeconds }}
  {{- with .values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .values.topologySpread.enabled }}
  topologySpreadConstraints:
    {{- $selector := include "callweave.selector" . | fromYaml }}
    {{- $spread := .values.topologySpread }}
    {{- range $spread.topologyKeys }}
    - maxSkew: {{ $spread.maxSkew }}
      topologyKey: {{ . }}
      whenUnsatisfiable: {{ $spread.whenUnsatisfiable }}
      labelSelector:
        matchLabels:
          {{- toYaml $selector | nindent 10 }}
    {{- end }}
  {{- end }}
  containers:
    - name: {{ .role }}
      {{- include "callweave.container" . | nindent 6 }}
      args:
        {{- toYaml .values.command | nindent 8 }}
      ports:
        - name: http
          containerPort: 8080
        {{- range .values.ports }}
        - name: {{ .name }}
          containerPort: {{ .port }}
        {{- end }}
      startupProbe:
        {{- include "callweave.probe" (dict "path" "/health/live" "probe" .values.startupProbe) | nindent 8 }}
      readinessProbe:
        {{- include "callweave.probe" (dict "path" "/health/ready" "probe" .values.readinessProbe) | nindent 8 }}
      livenessProbe:
        {{- include "callweave.probe" (dict "path" "/health/live" "probe" .values.livenessProbe) | nindent 8 }}
      {{- if .values.preStopSeconds }}
      lifecycle:
        preStop:
          exec:
            # Proxies need a moment to see that this pod ends; until then it answers.
            command: ["sleep", {{ .values.preStopSeconds | toString | quote }}]
      {{- end }}
      resources:
        {{- toYaml .values.resources | nindent 8 }}
  volumes:
    {{- include "callweave.volumes" . | nindent 4 }}
    {{- if not (and .values.statefulSet .values.persistence.enabled) }}
    - name: data
      {{- if eq .role "console" }}
      emptyDir:
        # The store has a log beside it, and the native part of its library.
        sizeLimit: {{ printf "%dMi" (add 256 (div (mul 5 (include "callweave.mebibytes" .values.storeSize | int)) 4)) }}
      {{- else }}
      emptyDir: {}
      {{- end }}
    {{- end }}
{{- end -}}

{{/* What all pods have in common, those of Jobs too. */}}
{{- define "callweave.podBasics" -}}
automountServiceAccountToken: false
# The variables of services would be taken for settings, if a service had such a name.
enableServiceLinks: false
securityContext:
  {{- toYaml .values.podSecurityContext | nindent 2 }}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "callweave.probe" -}}
httpGet:
  path: {{ .path }}
  port: http
{{ toYaml .probe }}
{{- end -}}

{{/* Image, environment and mounts of a container. */}}
{{- define "callweave.container" -}}
image: {{ include "callweave.image" .root | quote }}
imagePullPolicy: {{ .root.Values.imagePullPolicy }}
securityContext:
  {{- toYaml .values.securityContext | nindent 2 }}
env:
  {{- include "callweave.environment" . | nindent 2 }}
volumeMounts:
  - name: settings
    mountPath: /etc/callweave/settings
    readOnly: true
  - name: tmp
    mountPath: /tmp
  {{- if ne .role "topics" }}
  - name: data
    mountPath: /var/lib/callweave
  {{- end }}
  {{- range $index, $secret := .values.secretFilesRefs }}
  - name: secret-{{ $index }}
    mountPath: {{ $secret.mountPath }}
    readOnly: true
  {{- end }}
  {{- range $name := include "callweave.mounted" . | fromYamlArray }}
  - name: {{ $name }}
    mountPath: /etc/callweave/{{ $name }}
    readOnly: true
  {{- end }}
{{- end -}}

{{/* The values of a role that name Secrets to be mounted under their own name. */}}
{{- define "callweave.mounted" -}}
{{- $mounted := list -}}
{{- range $name := index (dict "bridge" (list "accounts" "tls") "deliver" (list "keys" "signing" "api") "console" (list "access")) .role | default list -}}
{{- if (index $.values $name).secretName -}}{{- $mounted = append $mounted $name -}}{{- end -}}
{{- end -}}
{{- toYaml $mounted -}}
{{- end -}}

{{- define "callweave.environment" -}}
- name: CALLWEAVE_CONFIG
  value: /etc/callweave/settings/callweave.properties
- name: CALLWEAVE_JAVA_OPTS
  value: {{ prepend .values.javaOptions.others (printf "-XX:MaxRAMPercentage=%s" (include "callweave.scalar" .values.javaOptions.maxRAMPercentage)) | join " " | quote }}
- name: CALLWEAVE_LOG_LEVEL
  value: {{ .values.logLevel }}
- name: CALLWEAVE_LOG_FORMAT
  value: {{ .values.logFormat }}
{{- if and (eq .role "streams") .root.Values.kafka.staticMembership }}
# Static membership: a pod of a StatefulSet keeps its name, and so gets back the tasks that it has the state of.
- name: CALLWEAVE_STREAMS_MAIN_CONSUMER_GROUP_INSTANCE_ID
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- end }}
{{- if .root.Values.kafka.rackAware }}
# The zone of the node, which Kubernetes puts on the pod.
- name: CALLWEAVE_KAFKA_CLIENT_RACK
  valueFrom:
    fieldRef:
      fieldPath: metadata.labels['topology.kubernetes.io/zone']
{{- if has .role (list "streams" "deliver") }}
- name: CALLWEAVE_STREAMS_CLIENT_TAG_ZONE
  valueFrom:
    fieldRef:
      fieldPath: metadata.labels['topology.kubernetes.io/zone']
- name: CALLWEAVE_STREAMS_RACK_AWARE_ASSIGNMENT_TAGS
  value: zone
{{- end }}
{{- end }}
{{- if eq .role "bridge" }}
{{- with .values.ringcentral.credentials }}
{{- if .secretName }}
{{- range $name, $key := dict "CLIENT_ID" .clientIdKey "CLIENT_SECRET" .clientSecretKey "JWT" .jwtKey }}
{{- if $key }}
- name: CALLWEAVE_RINGCENTRAL_{{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $.values.ringcentral.credentials.secretName }}
      key: {{ $key }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- range $name, $value := .values.env }}
- name: {{ $name }}
  value: {{ include "callweave.scalar" $value | quote }}
{{- end }}
{{- range $name, $ref := .values.secretRefs }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $ref.name }}
      key: {{ $ref.key }}
{{- end }}
{{- end -}}

{{/* 288 is 0440, which YAML 1.1 and 1.2 read as two different numbers. */}}
{{- define "callweave.volumes" -}}
- name: settings
  configMap:
    name: {{ include "callweave.fullname" .root }}-{{ .role }}
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{- range $index, $secret := .values.secretFilesRefs }}
- name: secret-{{ $index }}
  secret:
    secretName: {{ $secret.name }}
    defaultMode: 288
{{- end }}
{{- range $name := include "callweave.mounted" . | fromYamlArray }}
- name: {{ $name }}
  secret:
    secretName: {{ (index $.values $name).secretName }}
    defaultMode: 288
{{- end }}
{{- end -}}
