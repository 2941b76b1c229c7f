import { LinkButton, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { chosenSource } from '../../asking/source.ts';
import { useAnswer } from '../../asking/use-answer.ts';
import { SourceChoice } from '../../parts/source-choice.tsx';
import { Answered, NoSource } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';
import type { PageProps } from '../pages.tsx';
import { addressOf } from '../links.ts';
import { Dashboards } from './dashboards.tsx';
import { DataState } from './data-state.tsx';
import { freshness } from './freshness.ts';
import { Today } from './today.tsx';

/** How the product does today, how complete the data is, and where to look on. */
export default function HomePage({ parameters }: PageProps) {
  const styles = useStyles2(pageStyles);
  const source = chosenSource(parameters['source']);
  return (
    <div className={styles.page}>
      {source === undefined ? (
        <NoSource />
      ) : (
        <>
          <SourceChoice uid={source.uid} />
          <Numbers source={source.uid} />
        </>
      )}
      <nav className={styles.bar} aria-label="Pages of the app">
        <LinkButton href={addressOf('users')} variant="secondary" icon="user">
          Look at one user
        </LinkButton>
        <LinkButton href={addressOf('events')} variant="secondary" icon="list-ul">
          Types of events
        </LinkButton>
      </nav>
      <Dashboards />
    </div>
  );
}

/** Where nobody says until when the data is complete, the day is that until now. */
function Numbers({ source }: { source: string }) {
  const [opened] = useState(() => Date.now());
  const answer = useAnswer(source, () => freshness(source));
  const until = answer.state === 'done' ? (answer.value.completeUntil ?? opened) : opened;
  return (
    <>
      {answer.state !== 'loading' && <Today source={source} until={until} />}
      <Answered answer={answer} failure="How complete the data is, is not known">
        {(state) => <DataState {...state} />}
      </Answered>
    </>
  );
}
