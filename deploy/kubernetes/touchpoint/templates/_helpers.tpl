{{- define "touchpoint.labels" -}}
app.kubernetes.io/name: touchpoint
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "touchpoint.selector" -}}
app.kubernetes.io/name: touchpoint
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* The variable of a setting, as docs/configuration.md says. */}}
{{- define "touchpoint.variable" -}}
TOUCHPOINT_{{ . | replace "." "_" | replace "-" "_" | upper }}
{{- end }}

{{- define "touchpoint.secretEnv" -}}
{{- range $key, $file := . }}
- name: {{ include "touchpoint.variable" $key }}_FILE
  value: /etc/touchpoint/secrets/{{ $file }}
{{- end }}
{{- end }}

{{- define "touchpoint.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "touchpoint.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "touchpoint.image" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- end }}

{{- define "touchpoint.fileMounts" -}}
{{- range .Values.files }}
- {name: {{ .name }}, mountPath: /etc/touchpoint/{{ .name }}, readOnly: true}
{{- end }}
{{- end }}

{{- define "touchpoint.fileVolumes" -}}
{{- range .Values.files }}
- name: {{ .name }}
  {{- if .secret }}
  secret: {secretName: {{ .secret }}}
  {{- else }}
  configMap: {name: {{ .configMap }}}
  {{- end }}
{{- end }}
{{- end }}
