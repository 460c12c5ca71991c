import { app } from '@azure/functions';
import { onQueue } from '../shared/runtime/onQueue.ts';
import { answerWake } from '../shared/runtime/wakes.ts';

/** Queue `wakes`: look at a message whose time has come, and carry it on if nobody else does. */
app.storageQueue('wake', { queueName: 'wakes', connection: 'STORAGE_CONNECTION', handler: onQueue(answerWake) });
