import { app } from '@azure/functions';
import { onQueue } from '../shared/runtime/onQueue.ts';
import { answerPoisonedWake } from '../shared/runtime/wakes.ts';

/** Queue `wakes-poison`: end a message whose wake failed too often, and call for a person. */
app.storageQueue('wakePoison', {
  queueName: 'wakes-poison',
  connection: 'STORAGE_CONNECTION',
  handler: onQueue(answerPoisonedWake),
});
