import { css } from '@emotion/css';
import { type DataSourceSettings, type GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { backendSrv } from '../services/backend.ts';
import { type LoadedSource } from './loaded-source.ts';
import { failureText } from './failure.ts';

interface Outcome {
  readonly good: boolean;
  readonly message: string;
}

/** The configuration editor of a data source, and its test. Data sources are provisioned, so nothing is saved. */
export function DataSourceSettingsView({ source, plugin }: LoadedSource) {
  const styles = useStyles2(getStyles);
  const [settings, setSettings] = useState<DataSourceSettings>();
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    let current = true;
    void backendSrv.get<DataSourceSettings>(`/api/datasources/uid/${source.uid}`).then((found) => {
      if (current) setSettings(found);
    });
    return () => {
      current = false;
    };
  }, [source.uid]);
  const test = async () => {
    setOutcome(undefined);
    try {
      const { message } = (await source.testDatasource()) as { message: string };
      setOutcome({ good: true, message });
    } catch (cause) {
      setOutcome({ good: false, message: failureText(cause) });
    }
  };
  const Editor = plugin.components.ConfigEditor;
  if (!settings) return <LoadingPlaceholder text="Loading …" />;
  return (
    <div className={styles.settings}>
      <Alert severity="info" title="Provisioned data source">
        It is defined in a file of provisioning/datasources. The fields can be tried out here; nothing of it is saved.
      </Alert>
      {Editor && <Editor options={settings} onOptionsChange={setSettings} />}
      <div className={styles.buttons}>
        <Button onClick={() => void test()}>Test</Button>
      </div>
      {outcome && (
        <Alert
          severity={outcome.good ? 'success' : 'error'}
          title={outcome.message}
          data-testid="data-source-outcome"
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  settings: css({ maxWidth: 800, marginTop: theme.spacing(2) }),
  buttons: css({ margin: theme.spacing(2, 0) }),
});
