import { stringify } from 'yaml';
import { PIPELINE_RULES } from './pipeline-rules.ts';
import { PRODUCT_RULES } from './product-rules.ts';
import { provisionedRule, type AlertRule } from './rule.ts';

export const ALERT_RULES: readonly AlertRule[] = [...PIPELINE_RULES, ...PRODUCT_RULES];

const HEADER = '# Written by `npm run provision`; what to do for each rule is in docs/operations.md.\n';

/** Grafana replaces $NAME in provisioning files by variables of its environment; $$ is a dollar. */
const escapeDollars = (text: string): string => text.replaceAll('$', '$$$$');

const group = (name: string, rules: readonly AlertRule[]): object => ({
  orgId: 1,
  name,
  folder: 'Product analytics',
  interval: '1m',
  rules: rules.map(provisionedRule),
});

const rules = { apiVersion: 1, groups: [group('pipeline', PIPELINE_RULES), group('product', PRODUCT_RULES)] };

const contactPoints = {
  apiVersion: 1,
  contactPoints: [
    {
      orgId: 1,
      name: 'on-call',
      receivers: [
        {
          uid: 'suuupra-on-call',
          type: 'email',
          settings: {
            addresses: '${SUUUPRA_ALERT_EMAIL}',
            singleEmail: false,
            subject: '{{ template "suuupra.title" . }}',
            message: '{{ template "suuupra.message" . }}',
          },
        },
      ],
    },
  ],
};

const policies = {
  apiVersion: 1,
  policies: [
    {
      orgId: 1,
      receiver: 'on-call',
      group_by: ['grafana_folder', 'alertname'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '4h',
      routes: [
        {
          receiver: 'on-call',
          object_matchers: [['severity', '=', 'ticket']],
          mute_time_intervals: ['nights and weekends'],
          repeat_interval: '1d',
        },
      ],
    },
  ],
};

const muteTimes = {
  apiVersion: 1,
  muteTimes: [
    {
      orgId: 1,
      name: 'nights and weekends',
      time_intervals: [
        {
          times: [
            { start_time: '00:00', end_time: '07:00' },
            { start_time: '19:00', end_time: '24:00' },
          ],
        },
        { weekdays: ['saturday', 'sunday'] },
      ],
    },
  ],
};

const templates = {
  apiVersion: 1,
  templates: [
    {
      orgId: 1,
      name: 'suuupra',
      template: `{{ define "suuupra.title" }}{{ if gt (len .Alerts.Firing) 0 }}Firing{{ else }}Over{{ end }}: {{ .GroupLabels.alertname }}{{ end }}
{{ define "suuupra.message" }}{{ range .Alerts }}{{ .Annotations.summary }}
{{ range .Labels.SortedPairs }}{{ if and (ne .Name "alertname") (ne .Name "grafana_folder") }}{{ .Name }}: {{ .Value }}
{{ end }}{{ end }}Why: {{ .PanelURL }}
What to do: {{ .Annotations.runbook_url }}
Silence: {{ .SilenceURL }}

{{ end }}{{ end }}
`,
    },
  ],
};

const asYaml = (value: object): string => HEADER + stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

/** The files of provisioning/alerting, by name. */
export const alertFiles = (): Readonly<Record<string, string>> => ({
  'rules.yaml': escapeDollars(asYaml(rules)),
  'contact-points.yaml': asYaml(contactPoints),
  'policies.yaml': asYaml(policies),
  'mute-timings.yaml': asYaml(muteTimes),
  'templates.yaml': escapeDollars(asYaml(templates)),
});
