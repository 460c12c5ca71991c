import { type FormEvent, useRef, useState } from 'react';
import { Button, Label, TextArea, TextField } from 'react-aria-components';
import { type Api, ApiError, type Conversation } from '../api/client.ts';
import { measure } from './segments.ts';

interface ComposerProps {
  readonly api: Api;
  readonly conversation: Conversation;
  readonly again: () => Promise<void>;
}

/** Characters that one text may have. */
const longest = 2_048;

/** A message is one message however often it is tried: its key stays until it is taken, or its words are changed. */
export function Composer({ api, conversation, again }: ComposerProps) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const [sending, setSending] = useState<string>();
  const key = useRef<string>(undefined);
  if (conversation.consent === 'revoked')
    return (
      <p className="composer-closed" role="status">
        This subscriber has opted out. Nothing can be sent until they text START.
      </p>
    );
  const change = (words: string) => {
    key.current = undefined;
    setText(words);
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || sending !== undefined) return;
    key.current ??= crypto.randomUUID();
    setSending(text);
    try {
      await api.send(conversation.id, text, key.current);
      change('');
      setFault(undefined);
    } catch (error) {
      const known =
        error instanceof ApiError ? error.message : 'The app could not be reached. Send again: it will be one text.';
      setFault(known);
    }
    setSending(undefined);
    await again().catch(() => {});
  };
  const { encoding, segments, left, because } = measure(text);
  return (
    <form className="composer" onSubmit={(event) => void send(event)}>
      {sending !== undefined && (
        <p className="sending" role="status">
          Sending: <bdi>{sending}</bdi>
        </p>
      )}
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <TextField
        value={text}
        onChange={change}
        maxLength={longest}
        isReadOnly={sending !== undefined}
        className="composer-field"
      >
        <Label className="hidden">Message to {conversation.subscriber}</Label>
        <TextArea
          rows={2}
          placeholder="Write a text"
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
      </TextField>
      <p className="quiet">
        {text !== '' && `${segments} ${segments === 1 ? 'segment' : 'segments'}, ${encoding}, ${left} left`}
        {because.length > 0 && ` · dearer because of ${because.slice(0, 5).join(' ')}`}
      </p>
      <Button type="submit" className="primary" isDisabled={text.trim() === '' || sending !== undefined}>
        Send
      </Button>
    </form>
  );
}
