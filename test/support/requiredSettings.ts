/** What has to be set, as text; everything else is then as it is shipped. */
export const requiredSettings = {
  STORAGE_CONNECTION: 'UseDevelopmentStorage=true',
  ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:1/;accesskey=a2V5',
  ACS_RESOURCE_ID: '/subscriptions/s',
  CONVERSATION_KEY: 'a-key-for-tests-of-32-characters',
  SERVICE_NUMBERS: '+18005550100,+14255550100',
  OIDC_ISSUER: 'http://127.0.0.1:1',
  OIDC_AUDIENCE: 'switchboard',
} as const;
