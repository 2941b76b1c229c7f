import { locationService } from '@grafana/runtime';
import { Button, Field, Select, TextArea, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { messageOf } from '../../asking/ask.ts';
import { pageStyles } from '../../parts/styles.ts';
import { nameOf, QUESTIONS, readDefinition, type Definition } from './questions.ts';

const OWN = 'Another, as JSON';
const OPTIONS = [...Object.keys(QUESTIONS), OWN].map((label) => ({ label, value: label }));

/** Which analysis is asked about; it is part of the address. */
export function QuestionForm({ definition }: { definition: Definition }) {
  const styles = useStyles2(pageStyles);
  const [isOwn, setIsOwn] = useState(nameOf(definition) === undefined);
  const [text, setText] = useState(JSON.stringify(definition, null, 2));
  const [problem, setProblem] = useState<string>();
  const choose = (name: string | undefined): void => {
    const chosen = QUESTIONS[name ?? ''];
    setIsOwn(chosen === undefined);
    if (chosen !== undefined) locationService.partial({ definition: JSON.stringify(chosen) });
  };
  const submit = (): void => {
    try {
      locationService.partial({ definition: JSON.stringify(readDefinition(text)) });
      setProblem(undefined);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <div className={styles.section}>
      <Field label="Analysis" style={{ margin: 0 }}>
        <Select
          inputId="suuupra-analysis"
          aria-label="Analysis"
          width={40}
          options={OPTIONS}
          value={isOwn ? OWN : nameOf(definition)}
          onChange={({ value }) => {
            choose(value);
          }}
        />
      </Field>
      {isOwn && (
        <>
          <Field
            label="Definition"
            description="The JSON that a panel, a file of definitions or the API has."
            invalid={problem !== undefined}
            error={problem}
            style={{ margin: 0 }}
          >
            <TextArea
              aria-label="Definition"
              className={styles.code}
              rows={10}
              spellCheck={false}
              value={text}
              onChange={(event) => {
                setText(event.currentTarget.value);
              }}
            />
          </Field>
          <div>
            <Button onClick={submit}>Ask why</Button>
          </div>
        </>
      )}
    </div>
  );
}
