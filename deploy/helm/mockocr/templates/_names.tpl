{{- define "mockocr.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}
{{- end }}
{{- define "mockocr.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "mockocr.labels" -}}
{{ include "mockocr.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}
{{- define "mockocr.secret" -}}
{{- .Values.control.existingSecret | default (printf "%s-control" (include "mockocr.name" .)) }}
{{- end }}
{{- define "mockocr.store" -}}
{{- if .Values.store.redis }}redis://{{ include "mockocr.name" . }}-redis:6379/0
{{- else if .Values.store.url }}{{ .Values.store.url }}
{{- else if gt (int .Values.replicas) 1 }}{{ fail "several replicas need a store: set store.redis or store.url" }}
{{- else }}memory
{{- end }}
{{- end }}
