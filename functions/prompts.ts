import { app } from '@azure/functions';
import { callRoutes as routes } from '../shared/http/calls.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { readPrompt } from '../shared/runtime/prompts.ts';

/** A prompt, which the provider fetches to play it. */
app.http(
  routes.prompt.name,
  onRequest(routes.prompt, async ({ params: { file } }, { config }) => {
    return answer(200, await readPrompt(file, config), {
      'Content-Type': 'audio/wav',
      'Cache-Control': 'public, max-age=3600',
    });
  }),
);
