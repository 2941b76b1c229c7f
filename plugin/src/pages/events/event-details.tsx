import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LinkButton, useStyles2 } from '@grafana/ui';
import React from 'react';
import { ask } from '../../asking/ask.ts';
import { rangeOf } from '../../asking/range.ts';
import { numberOf, rowsOf, textOf } from '../../asking/rows.ts';
import { useAnswer } from '../../asking/use-answer.ts';
import { count, share } from '../../parts/format.ts';
import { Answered, Empty } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';
import { examplesOf, propertiesQuestion, typeWords } from './catalogue-query.ts';
import { exploreAddress } from './explore-link.ts';

interface Props {
  readonly source: string;
  readonly event: string;
  readonly times: { readonly from: string | undefined; readonly to: string | undefined };
}

/** What events of a type carry. */
export function EventDetails({ source, event, times }: Props) {
  const styles = useStyles2(pageStyles);
  const own = useStyles2(detailStyles);
  const range = rangeOf(times);
  const answer = useAnswer(JSON.stringify([source, event, times]), async () => {
    const [frame] = await ask(source, range, [propertiesQuestion(event)]);
    return rowsOf(frame);
  });
  const explore = exploreAddress(source, event, { from: times.from ?? 'now-28d', to: times.to ?? 'now' });
  return (
    <section className={styles.section} aria-labelledby="suuupra-event">
      <div className={own.title}>
        <h2 id="suuupra-event" className={styles.heading}>
          {event}
        </h2>
        {explore !== undefined && (
          <LinkButton href={explore} icon="compass" size="sm" variant="secondary">
            Explore
          </LinkButton>
        )}
      </div>
      <Answered answer={answer} failure="What these events carry is not known">
        {(properties) =>
          properties.length === 0 ? (
            <Empty title="No properties">These events carry nothing, or there are none in the time range.</Empty>
          ) : (
            <>
              <p className={styles.note}>From the newest {count(numberOf(properties[0]?.['of']) ?? 0)} events.</p>
              <div className={styles.tableBox}>
                <table className={styles.table}>
                  <thead>
                    <tr>
                      <th scope="col">Property</th>
                      <th scope="col">Type</th>
                      <th scope="col" className={styles.number}>
                        Filled
                      </th>
                      <th scope="col">Examples</th>
                    </tr>
                  </thead>
                  <tbody>
                    {properties.map(({ name, types, filled, of, examples }) => (
                      <tr key={textOf(name)}>
                        <td>{name}</td>
                        <td>{typeWords(textOf(types))}</td>
                        <td className={styles.number}>{share((numberOf(filled) ?? 0) / (numberOf(of) ?? 1))}</td>
                        <td>
                          <ul className={own.examples}>
                            {examplesOf(textOf(examples)).map((example) => (
                              <li key={example}>{example}</li>
                            ))}
                          </ul>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )
        }
      </Answered>
    </section>
  );
}

const detailStyles = (theme: GrafanaTheme2) => ({
  title: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: theme.spacing(1) }),
  examples: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    li: {
      padding: theme.spacing(0, 0.75),
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
      overflowWrap: 'anywhere',
    },
  }),
});
