import { AskDialog } from './AskDialog.tsx';

interface EraseProps {
  readonly open: boolean;
  readonly close: () => void;
  readonly erase: () => Promise<void>;
  readonly who: string;
}

/** What is erased does not come back, so it is asked for twice. */
export function EraseDialog({ who, erase, ...dialog }: EraseProps) {
  return (
    <AskDialog {...dialog} title="Erase this conversation?" yes="Erase" no="Keep it" act={erase}>
      <p>
        All texts, calls and recordings with <bdi>{who}</bdi> are erased for good. If they have opted out, that stays:
        the app goes on sending them nothing.
      </p>
    </AskDialog>
  );
}
