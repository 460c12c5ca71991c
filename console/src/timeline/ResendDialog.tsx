import type { TextEntry } from '../api/client.ts';
import { AskDialog } from './AskDialog.tsx';
import { shown } from './shown.ts';
import { troubleOf } from './words.ts';

interface ResendProps {
  readonly open: boolean;
  readonly close: () => void;
  readonly entry: TextEntry;
  readonly resend: () => Promise<void>;
}

/** A text that is sent anew may be there twice, so that whoever does it should know. */
export function ResendDialog({ entry, resend, ...dialog }: ResendProps) {
  const trouble = troubleOf(entry);
  return (
    <AskDialog {...dialog} title="Send this text anew?" yes="Send anew" no="Leave it" act={resend}>
      <p>
        <bdi className="text-words">{shown(entry.text)}</bdi>
      </p>
      <p>
        {entry.status === 'unknown'
          ? 'It may have arrived: nobody could tell. If it did, they will have it twice.'
          : 'It did not arrive, and may fail again for the same reason.'}{' '}
        {trouble && shown(trouble.why)}
      </p>
      {(entry.resends ?? 0) > 0 && <p>It has been sent anew already. This is one text more.</p>}
    </AskDialog>
  );
}
