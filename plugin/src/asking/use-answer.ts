import { useEffect, useRef, useState } from 'react';
import { messageOf } from './ask.ts';

export type Answer<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly message: string; readonly again: () => void }
  | { readonly state: 'done'; readonly value: T };

interface Outcome<T> {
  readonly key: string;
  readonly answer: Answer<T>;
}

/**
 * What a question is answered with.
 * @param key says what is asked: another key is asked anew, and an answer that comes late is dropped
 */
export function useAnswer<T>(key: string, find: () => Promise<T>): Answer<T> {
  const [attempt, setAttempt] = useState(0);
  const [outcome, setOutcome] = useState<Outcome<T>>();
  const current = `${String(attempt)} ${key}`;
  const latest = useRef(find);
  useEffect(() => {
    latest.current = find;
  });
  useEffect(() => {
    let isCurrent = true;
    const settle = (answer: Answer<T>): void => {
      if (isCurrent) setOutcome({ key: current, answer });
    };
    latest.current().then(
      (value) => {
        settle({ state: 'done', value });
      },
      (failure: unknown) => {
        settle({
          state: 'failed',
          message: messageOf(failure),
          again: () => {
            setAttempt((before) => before + 1);
          },
        });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [current]);
  return outcome?.key === current ? outcome.answer : { state: 'loading' };
}
