import { locationService } from '@grafana/runtime';
import { Tab, TabsBar, useStyles2 } from '@grafana/ui';
import React from 'react';
import { fromOf } from '../../asking/range.ts';
import { chosenSource } from '../../asking/source.ts';
import { RangeChoice } from '../../parts/range-choice.tsx';
import { SourceChoice } from '../../parts/source-choice.tsx';
import { NoSource } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';
import type { PageProps } from '../pages.tsx';
import { RecentUsers } from './recent-users.tsx';
import { Timeline } from './timeline.tsx';
import { isUserId } from './user-id.ts';
import { UserForm } from './user-form.tsx';
import { WhyView } from './why-view.tsx';

const TABS = { timeline: 'Timeline', why: 'Why' } as const;

/** One user: what they did, and how an analysis counts it. Without one, who was active last. */
export default function UsersPage({ parameters }: PageProps) {
  const styles = useStyles2(pageStyles);
  const source = chosenSource(parameters['source']);
  if (source === undefined) return <NoSource />;
  const { user, tab = 'timeline', from, to } = parameters;
  const asked = user !== undefined && isUserId(user) ? user.toLowerCase() : undefined;
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <UserForm key={user} user={user ?? ''} />
        {asked !== undefined && <RangeChoice from={fromOf(parameters)} />}
        <SourceChoice uid={source.uid} />
      </div>
      {asked === undefined ? (
        <RecentUsers source={source.uid} />
      ) : (
        <>
          <TabsBar>
            {Object.entries(TABS).map(([name, label]) => (
              <Tab
                key={name}
                label={label}
                active={tab === name}
                onChangeTab={(event) => {
                  event?.preventDefault();
                  locationService.partial({ tab: name });
                }}
              />
            ))}
          </TabsBar>
          {tab === 'why' ? (
            <WhyView source={source.uid} user={asked} written={parameters['definition']} times={{ from, to }} />
          ) : (
            <Timeline key={asked} source={source.uid} user={asked} times={{ from, to }} />
          )}
        </>
      )}
    </div>
  );
}
