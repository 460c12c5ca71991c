import { app } from '@azure/functions';
import { applyRetention } from '../shared/conversations/applyRetention.ts';
import { onTimer } from '../shared/runtime/onTimer.ts';

/** Every hour: erase the conversations that have been quiet for longer than they are kept. */
app.timer('retention', { schedule: '0 17 * * * *', handler: onTimer(applyRetention) });
