import { type ReactNode, useState } from 'react';
import { messageOf } from './useWorld.ts';

interface Attempting {
  /** Does it, looks again, and keeps why it could not be done. */
  readonly attempt: (act: () => Promise<unknown>) => Promise<void>;
  /** Why the last one could not be done, to be shown. */
  readonly fault: ReactNode;
}

export function useAttempt(again: () => void): Attempting {
  const [fault, setFault] = useState<string>();
  return {
    async attempt(act) {
      try {
        await act();
        setFault(undefined);
      } catch (error) {
        setFault(messageOf(error));
      }
      again();
    },
    fault: fault !== undefined && (
      <p className="lab-error" role="alert">
        {fault}
      </p>
    ),
  };
}
