{{/* Values that all roles share and each role can set otherwise. */}}
{{- define "callweave.shared" -}}
{{- $shared := pick .Values "affinity" "env" "javaOptions" "livenessProbe" "logFormat" "logLevel" "nodeSelector" "podAnnotations" "podDisruptionBudget" "podLabels" "podSecurityContext" "priorityClassName" "readinessProbe" "secretFilesRefs" "secretRefs" "securityContext" "settings" "startupProbe" "terminationGracePeriodSeconds" "tolerations" "topologySpread" -}}
{{- toYaml $shared -}}
{{- end -}}

{{/*
The roles that are enabled, by name, each with all its values: those that are shared, overridden by its own. In YAML, as templates
return text.
*/}}
{{- define "callweave.roles" -}}
{{- $roles := dict -}}
{{- if .Values.streams.enabled -}}
{{- $_ := set $roles "streams" (deepCopy .Values.streams | merge (dict "command" (list "streams") "statefulSet" true "ports" list)) -}}
{{- end -}}
{{- if .Values.bridge.enabled -}}
{{- $webhooks := dict "name" "webhooks" "port" 8081 -}}
{{- $_ := set $roles "bridge" (deepCopy .Values.bridge | merge (dict "command" (list "bridge") "ports" (list $webhooks))) -}}
{{- end -}}
{{- if .Values.deliver.enabled -}}
{{- $ports := list -}}
{{- if .Values.deliver.api.enabled -}}{{- $ports = list (dict "name" "api" "port" 8082) -}}{{- end -}}
{{- $_ := set $roles "deliver" (deepCopy .Values.deliver | merge (dict "command" (list "deliver") "statefulSet" true "ports" $ports)) -}}
{{- end -}}
{{- if .Values.console.enabled -}}
{{- $stateless := dict "statefulSet" false "persistence" (dict "enabled" false) "autoscaling" (dict "enabled" false) -}}
{{- $page := dict "name" "console" "port" 8083 -}}
{{- $_ := set $roles "console" (deepCopy .Values.console | merge (dict "command" (list "console") "ports" (list $page)) $stateless) -}}
{{- end -}}
{{- range $name, $role := .Values.roles -}}
{{- $stateless := dict "statefulSet" false "replicaCount" 1 "ports" list "persistence" (dict "enabled" false) "autoscaling" (dict "enabled" false) "minReadySeconds" 0 "preStopSeconds" 0 "resources" dict -}}
{{- $_ := set $roles $name (mustMergeOverwrite $stateless (deepCopy $role)) -}}
{{- end -}}
{{- $root := . -}}
{{- range $name, $role := $roles -}}
{{- $shared := include "callweave.shared" $root | fromYaml -}}
{{- $_ := set $roles $name (mustMergeOverwrite $shared $role) -}}
{{- end -}}
{{- toYaml $roles -}}
{{- end -}}

{{/* How many pods of a role there are at least. */}}
{{- define "callweave.leastReplicas" -}}
{{- if .autoscaling.enabled -}}{{ int .autoscaling.minReplicas }}{{- else -}}{{ int .replicaCount }}{{- end -}}
{{- end -}}

{{/* How many pods of a role there are at most. */}}
{{- define "callweave.mostReplicas" -}}
{{- if .autoscaling.enabled -}}{{ int .autoscaling.maxReplicas }}{{- else -}}{{ int .replicaCount }}{{- end -}}
{{- end -}}
