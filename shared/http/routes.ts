import { callRoutes } from './calls.ts';
import { consentRoutes } from './consents.ts';
import { consoleRoutes } from './console.ts';
import { conversationRoutes } from './conversations.ts';
import { droppedRoutes } from './dropped.ts';
import { healthRoutes } from './health.ts';
import { iceServerRoutes } from './iceServers.ts';
import { identityRoutes } from './identity.ts';
import { messageRoutes } from './messages.ts';
import { openApiRoutes } from './openApi.ts';
import type { Route } from './route.ts';
import { templateRoutes } from './templates.ts';
import { tokenRoutes } from './tokens.ts';
import { userRoutes } from './users.ts';

/** Every route there is. What is not here is not served: a test holds the registered functions to it. */
export const routes: readonly Route[] = [
  conversationRoutes,
  messageRoutes,
  callRoutes,
  templateRoutes,
  consentRoutes,
  droppedRoutes,
  tokenRoutes,
  identityRoutes,
  userRoutes,
  iceServerRoutes,
  consoleRoutes,
  healthRoutes,
  openApiRoutes,
].flatMap((resource): Route[] => Object.values(resource));
