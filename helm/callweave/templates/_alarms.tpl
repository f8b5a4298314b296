{{/*
The groups of alarms out of files/alarms.yaml. They are data, not a template: Prometheus uses the same braces. SELECTOR stands for
what the series of this release have in common, and THRESHOLD for the alarm's own. The file says the other words.
*/}}
{{- define "callweave.alarms" -}}
{{- $rules := list -}}
{{- $root := . -}}
{{- $selector := printf "namespace=\"%s\",job=~\"%s-.+\"" .Release.Namespace (include "callweave.fullname" .) -}}
{{- $hours := .Values.prometheusRule.businessHours -}}
{{- $roles := include "callweave.roles" . | fromYaml -}}
{{- range $alarm := (.Files.Get "files/alarms.yaml" | fromYaml).alarms -}}
{{- $change := index $root.Values.prometheusRule.alarms .alert | default dict -}}
{{- if ne (toString $change.enabled) "false" -}}
{{- $threshold := include "callweave.scalar" (ternary $change.threshold .threshold (hasKey $change "threshold")) -}}
{{- $expr := .expr | trim | replace "SELECTOR" $selector | replace "THRESHOLD" $threshold | replace "FIRST_DAY" (toString $hours.firstDay) | replace "LAST_DAY" (toString $hours.lastDay) | replace "FROM_HOUR" (toString $hours.from) | replace "TO_HOUR" (toString $hours.to) -}}
{{- $annotations := dict "summary" .summary "description" (.description | trim | replace "THRESHOLD" $threshold) -}}
{{- with $root.Values.prometheusRule.runbookUrl -}}
{{- $_ := set $annotations "runbook_url" (printf "%s#%s" (replace "VERSION" $root.Chart.AppVersion .) (lower $alarm.alert)) -}}
{{- end -}}
{{- $labels := dict "severity" (default .severity $change.severity) -}}
{{- $rule := dict "alert" .alert "expr" $expr "for" (default .for $change.for) "labels" $labels "annotations" $annotations -}}
{{- if .perRole -}}
{{- range $role, $values := $roles -}}
{{- $name := printf "%s-%s" (include "callweave.fullname" $root) $role -}}
{{- $ofRole := printf "namespace=\"%s\",job=\"%s-headless\"" $root.Release.Namespace $name -}}
{{- $metric := ternary "kube_statefulset_replicas" "kube_deployment_spec_replicas" $values.statefulSet -}}
{{- $kind := ternary "statefulset" "deployment" $values.statefulSet -}}
{{- $replicas := printf "%s{namespace=\"%s\",%s=\"%s\"}" $metric $root.Release.Namespace $kind $name -}}
{{- $its := $expr | replace "OF_ROLE" $ofRole | replace "REPLICAS" $replicas | replace "EXPECTED" (include "callweave.leastReplicas" $values) -}}
{{- $labels := merge (dict "role" $role "namespace" $root.Release.Namespace) $rule.labels -}}
{{- $rules = append $rules (merge (dict "expr" $its "labels" $labels) $rule) -}}
{{- end -}}
{{- else -}}
{{- $rules = append $rules $rule -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml (list (dict "name" "callweave" "rules" $rules)) -}}
{{- end -}}
