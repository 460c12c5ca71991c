import { type FormEvent, useMemo, useRef } from 'react';
import { Button, Label, TextArea, TextField } from 'react-aria-components';
import { flushSync } from 'react-dom';
import type { Api, Conversation } from '../api/client.ts';
import './composer.css';
import { inserted } from './inserted.ts';
import { keep, kept, useKept } from './kept.ts';
import { measure, plainly, visibly } from './segments.ts';
import { Templates } from './Templates.tsx';

interface ComposerProps {
  readonly api: Api;
  readonly conversation: Conversation;
  readonly send: (text: string) => void;
}

/** Characters that one text may have. */
const longest = 2_048;

/** The name under which a conversation's words are kept until they are sent. */
export const draftOf = (conversation: string): string => `draft.${conversation}`;

export function Composer({ api, conversation, send }: ComposerProps) {
  const name = draftOf(conversation.id);
  const text = useKept(name);
  const area = useRef<HTMLTextAreaElement>(null);
  if (conversation.consent === 'revoked')
    return (
      <p className="composer-closed" role="status">
        This subscriber has opted out. Nothing can be sent until they text START.
        {text !== '' && ' What you wrote is kept.'}
      </p>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    keep(name, '');
    send(text);
    area.current?.focus();
  };
  const insert = (words: string) => {
    const box = area.current;
    if (box === null) return;
    const { text: after, caret } = inserted(kept(name), words, { from: box.selectionStart, to: box.selectionEnd });
    flushSync(() => keep(name, after.slice(0, longest)));
    box.focus();
    box.setSelectionRange(caret, caret);
  };
  return (
    <form className="composer" onSubmit={submit}>
      <TextField
        value={text}
        onChange={(words) => keep(name, words)}
        maxLength={longest}
        className="composer-field"
        aria-describedby="composer-cost"
      >
        <Label className="hidden">Message to {conversation.subscriber}</Label>
        <TextArea
          ref={area}
          rows={2}
          placeholder="Write a text"
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
      </TextField>
      <Templates api={api} insert={insert} />
      <Cost
        text={text}
        change={(words) => {
          keep(name, words);
          // The button that was pressed is gone.
          area.current?.focus();
        }}
      />
      <Button type="submit" className="primary" isDisabled={text.trim() === ''}>
        Send
      </Button>
    </form>
  );
}

/** Signs that are named before there are too many to read. */
const named = 8;

/** What the text takes, what makes it dearer, and a way out where there is one. */
function Cost({ text, change }: { readonly text: string; readonly change: (text: string) => void }) {
  const { encoding, segments, left, because } = useMemo(() => measure(text), [text]);
  if (text === '') return <p id="composer-cost" className="quiet composer-cost" />;
  return (
    <p id="composer-cost" className="quiet composer-cost">
      {segments} {segments === 1 ? 'segment' : 'segments'}, {encoding}, {left} left
      {because.length > 0 && (
        <>
          {' · dearer because of '}
          {because.slice(0, named).map((sign) => (
            <bdi key={sign} className="sign">
              {visibly(sign)}
            </bdi>
          ))}
          {because.length > named && `and ${because.length - named} more `}
        </>
      )}
      {because.length > 0 && plainly(text) !== text && (
        <Button onPress={() => change(plainly(text))}>Use plain punctuation</Button>
      )}
    </p>
  );
}
