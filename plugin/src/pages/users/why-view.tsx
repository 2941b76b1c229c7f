import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, useStyles2 } from '@grafana/ui';
import React from 'react';
import { ask, messageOf } from '../../asking/ask.ts';
import { rangeOf } from '../../asking/range.ts';
import { rowsOf } from '../../asking/rows.ts';
import { useAnswer } from '../../asking/use-answer.ts';
import { Answered } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';
import { QuestionForm } from './question-form.tsx';
import { readDefinition, type Definition } from './questions.ts';
import type { Times } from './timeline.tsx';
import { WhyEvents } from './why-events.tsx';
import { levelWords, stopWords, type Verdict } from './why-words.ts';

interface Props {
  readonly source: string;
  readonly user: string;
  /** JSON of the analysis, from the address. */
  readonly written: string | undefined;
  readonly times: Times;
}

/** What an analysis makes of the user: how far they came, and each event with its role or why it has none. */
export function WhyView({ written, ...props }: Props) {
  const styles = useStyles2(pageStyles);
  const { definition, problem } = read(written);
  return (
    <div className={styles.page}>
      <QuestionForm key={written} definition={definition ?? {}} />
      {definition === undefined ? (
        <Alert severity="warning" title="The address has no definition that can be read">
          {problem}
        </Alert>
      ) : (
        <Why {...props} definition={definition} />
      )}
    </div>
  );
}

function read(written: string | undefined): { definition?: Definition; problem?: string } {
  try {
    return { definition: readDefinition(written) };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

function Why({ source, user, times, definition }: Omit<Props, 'written'> & { definition: Definition }) {
  const styles = useStyles2(pageStyles);
  const own = useStyles2(whyStyles);
  const answer = useAnswer(JSON.stringify([source, user, times, definition]), async () => {
    const [frame] = await ask(source, rangeOf(times), [{ definition: { analysis: 'why', of: definition, user } }]);
    const { facts, truncated } = (frame.meta?.custom ?? {}) as { facts?: Verdict; truncated?: boolean };
    return { rows: rowsOf(frame), verdict: facts ?? {}, isCut: truncated === true };
  });
  return (
    <Answered answer={answer} failure="Why is not known">
      {({ rows, verdict, isCut }) => {
        const stop = stopWords(verdict);
        return (
          <section className={styles.section} aria-label="Why">
            <div className={own.verdict} role="status">
              <p className={own.level}>{levelWords(definition, verdict)}</p>
              {stop !== undefined && <p className={own.reason}>{stop}</p>}
            </div>
            {isCut && (
              <p className={styles.note}>
                The user has more events than the data source returns: only the oldest {rows.length} are here.
              </p>
            )}
            <WhyEvents rows={rows} />
          </section>
        );
      }}
    </Answered>
  );
}

const whyStyles = (theme: GrafanaTheme2) => ({
  verdict: css({
    padding: theme.spacing(1.5, 2),
    borderLeft: `3px solid ${theme.colors.primary.main}`,
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  level: css({ margin: 0, fontSize: theme.typography.h4.fontSize, fontWeight: theme.typography.fontWeightMedium }),
  reason: css({ margin: 0, color: theme.colors.text.secondary }),
});
