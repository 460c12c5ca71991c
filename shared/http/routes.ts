import { consentRoutes } from './consents.ts';
import { conversationRoutes } from './conversations.ts';
import { droppedRoutes } from './dropped.ts';
import { healthRoutes } from './health.ts';
import { messageRoutes } from './messages.ts';
import { openApiRoutes } from './openApi.ts';
import type { Route } from './route.ts';

/** Every route there is. What is not here is not served: a test holds the registered functions to it. */
export const routes: readonly Route[] = [
  conversationRoutes,
  messageRoutes,
  consentRoutes,
  droppedRoutes,
  healthRoutes,
  openApiRoutes,
].flatMap((resource): Route[] => Object.values(resource));
