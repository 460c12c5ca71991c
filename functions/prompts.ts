import { app } from '@azure/functions';
import { AppError } from '../shared/core/errors.ts';
import { callRoutes as routes } from '../shared/http/calls.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { readPrompt } from '../shared/runtime/prompts.ts';

/** A prompt, which the provider fetches to play it. */
app.http(
  routes.prompt.name,
  onRequest(routes.prompt, async ({ params: { file } }, { config }) => {
    const wav = await readPrompt(file, config);
    if (wav === undefined) throw new AppError('not-found', 'There is no such prompt.');
    return answer(200, wav, { 'Content-Type': 'audio/wav', 'Cache-Control': 'public, max-age=3600' });
  }),
);
