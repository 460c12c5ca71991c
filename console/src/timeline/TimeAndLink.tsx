import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { pathOf } from '../app/place.ts';
import { clockOf, inFull } from './times.ts';

interface TimeProps {
  readonly conversation: string;
  readonly entry: string;
  readonly at: string;
  /** Whether Tab comes by. */
  readonly current: boolean;
  /** What stands between the two. */
  readonly children?: ReactNode;
}

/** When it was, and its address for whoever is to look at it too. */
export function TimeAndLink({ conversation, entry, at, current, children }: TimeProps) {
  const [copied, setCopied] = useState<'copied' | 'failed'>();
  const address = location.origin + pathOf({ at: 'conversation', id: conversation, entry });
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => setCopied('copied'),
      () => setCopied('failed'),
    );
  return (
    <>
      <time dateTime={at} title={inFull(at)}>
        {clockOf(at)}
      </time>
      {children}{' '}
      <Button className="copy-link" excludeFromTabOrder={!current} onPress={() => void copy()}>
        Copy link
      </Button>
      <span role="status">
        {copied === 'copied' && ' Link copied'}
        {copied === 'failed' && (
          <>
            {' The browser did not let it be copied: '}
            <bdi>{address}</bdi>
          </>
        )}
      </span>
    </>
  );
}
