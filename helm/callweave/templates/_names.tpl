{{/* The names of all objects start with this. 40 characters leave room for the longest suffix in 63. */}}
{{- define "callweave.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What selects the pods of a role. It can never change: selectors are immutable. Takes root and role. */}}
{{- define "callweave.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
{{- end -}}

{{/* Labels of an object of a role. */}}
{{- define "callweave.labels" -}}
{{ include "callweave.selector" . }}
app.kubernetes.io/part-of: callweave
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Metadata of an object of a role: root, role, suffix of the name. */}}
{{- define "callweave.metadata" -}}
name: {{ include "callweave.fullname" .root }}-{{ .role }}{{ with .suffix }}-{{ . }}{{ end }}
labels:
  {{- include "callweave.labels" . | nindent 2 }}
{{- with .root.Values.annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "callweave.image" -}}
{{- if .Values.imageDigest -}}
{{ .Values.image }}@{{ .Values.imageDigest }}
{{- else -}}
{{ .Values.image }}:{{ default .Chart.AppVersion .Values.imageTag }}
{{- end -}}
{{- end -}}

{{- define "callweave.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "callweave.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}
