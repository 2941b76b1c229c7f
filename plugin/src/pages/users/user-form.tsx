import { locationService } from '@grafana/runtime';
import { Button, Field, Input } from '@grafana/ui';
import React, { useState, type FormEvent } from 'react';
import { isUserId } from './user-id.ts';

/** Where an id is entered; the address then has it. */
export function UserForm({ user }: { user: string }) {
  const [typed, setTyped] = useState(user);
  const [isTried, setIsTried] = useState(user !== '');
  const id = typed.trim();
  const isWrong = isTried && id !== '' && !isUserId(id);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (id === '' || isUserId(id)) locationService.partial({ user: id === '' ? null : id.toLowerCase() });
  };
  return (
    <form onSubmit={submit} style={{ display: 'flex', gap: 8, alignItems: 'end', flexWrap: 'wrap' }}>
      <Field label="User" invalid={isWrong} error="A user id is a UUID" style={{ margin: 0 }}>
        <Input
          id="suuupra-user"
          aria-label="User"
          width={44}
          placeholder="user_id, a UUID"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
      </Field>
      <Button type="submit">Show</Button>
      {user !== '' && (
        <Button
          variant="secondary"
          fill="outline"
          onClick={() => {
            locationService.partial({ user: null, tab: null });
          }}
        >
          Recent users
        </Button>
      )}
    </form>
  );
}
