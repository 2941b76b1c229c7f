import { getBackendSrv, getDataSourceSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';

const DATA_SOURCE = 'suuupra-analytics-datasource';
/** Dashboards of ours carry this tag. */
const TAG = 'suuupra';

export interface SetUp {
  readonly dataSources: readonly {
    readonly uid: string;
    readonly name: string;
    readonly health: { readonly isWell: boolean; readonly message: string };
  }[];
  readonly dashboards: readonly { readonly uid: string; readonly title: string; readonly url: string }[];
}

interface Health {
  status?: string;
  message?: string;
}

async function healthOf(uid: string): Promise<SetUp['dataSources'][number]['health']> {
  const options = { showErrorAlert: false };
  try {
    const { status, message } = await getBackendSrv().get<Health>(
      `/api/datasources/uid/${uid}/health`,
      undefined,
      undefined,
      options,
    );
    return { isWell: status === 'OK', message: message ?? '' };
  } catch (error) {
    const { message } = (error as { data?: Health } | undefined)?.data ?? {};
    return { isWell: false, message: message ?? 'The backend of the data source does not answer' };
  }
}

async function look(): Promise<SetUp> {
  const found = getDataSourceSrv().getList({ pluginId: DATA_SOURCE });
  const [dataSources, dashboards] = await Promise.all([
    Promise.all(found.map(async ({ uid, name }) => ({ uid, name, health: await healthOf(uid) }))),
    getBackendSrv()
      .get<SetUp['dashboards']>('/api/search', { type: 'dash-db', tag: TAG })
      .catch(() => []),
  ]);
  return { dataSources, dashboards };
}

/** What of the product is set up in this Grafana; undefined while it is being found out. */
export function useSetUp(): SetUp | undefined {
  const [setUp, setSetUp] = useState<SetUp>();
  useEffect(() => {
    let isCurrent = true;
    look().then(
      (result) => {
        if (isCurrent) setSetUp(result);
      },
      () => {
        if (isCurrent) setSetUp({ dataSources: [], dashboards: [] });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return setUp;
}
