/** Started by `host.ts` in a process of its own: the functions host with the app. It ends when its parent does. */
import { type FunctionsHostOptions, startFunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';

export type HostQuestion = Pick<FunctionsHostOptions, 'root' | 'env' | 'port'>;

process.on('message', (question: HostQuestion) => {
  // Queues are polled ten times as often, or wakes would keep a test waiting.
  const starting = startFunctionsHost({ ...question, timeScale: 10, log: () => {} });
  starting.then(
    ({ url }) => process.send?.({ url }),
    (error: Error) => process.send?.({ fault: error.message }),
  );
});
process.on('disconnect', () => process.exit());
