{{/*
The groups of alarms out of files/alarms.yaml. They are data, not a template: Prometheus uses the same braces. SELECTOR stands for
what the series of this release have in common, and THRESHOLD for the alarm's own.
*/}}
{{- define "callweave.alarms" -}}
{{- $rules := list -}}
{{- $root := . -}}
{{- $selector := printf "namespace=\"%s\",job=~\"%s-.+\"" .Release.Namespace (include "callweave.fullname" .) -}}
{{- $hours := .Values.prometheusRule.businessHours -}}
{{- range (.Files.Get "files/alarms.yaml" | fromYaml).alarms -}}
{{- $change := index $root.Values.prometheusRule.alarms .alert | default dict -}}
{{- if ne (toString $change.enabled) "false" -}}
{{- $threshold := include "callweave.scalar" (ternary $change.threshold .threshold (hasKey $change "threshold")) -}}
{{- $expr := .expr | trim | replace "SELECTOR" $selector | replace "THRESHOLD" $threshold | replace "FIRST_DAY" (toString $hours.firstDay) | replace "LAST_DAY" (toString $hours.lastDay) | replace "FROM_HOUR" (toString $hours.from) | replace "TO_HOUR" (toString $hours.to) -}}
{{- $annotations := dict "summary" .summary "description" (.description | trim | replace "THRESHOLD" $threshold) "runbook_url" (printf "%s#%s" $root.Values.prometheusRule.runbookUrl (lower .alert)) -}}
{{- $labels := dict "severity" (default .severity $change.severity) -}}
{{- $rule := dict "alert" .alert "expr" $expr "for" (default .for $change.for) "labels" $labels "annotations" $annotations -}}
{{- $rules = append $rules $rule -}}
{{- end -}}
{{- end -}}
{{- toYaml (list (dict "name" "callweave" "rules" $rules)) -}}
{{- end -}}
