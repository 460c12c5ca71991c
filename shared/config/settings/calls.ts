import { optional, secureAddress, text, tlsAddress } from '../forms.ts';
import { setting } from '../setting.ts';

/** What answering calls takes. */
export const calls = {
  PUBLIC_URL: setting(optional(secureAddress), {
    help: 'Where the app is reached from outside, such as https://NAME.azurewebsites.net: calls are told of here, and prompts fetched. Needed to answer calls.',
    fallback: '',
    local: 'http://127.0.0.1:7071',
  }),
  CALLBACK_AUDIENCE: setting(optional(text), {
    help: 'The immutable resource id (a GUID) of the Communication Services resource, for which the tokens are that come with what is told of calls. Needed to answer calls.',
    fallback: '',
    local: '6c6f6361-6c20-4aca-8057-000000000001',
  }),
  CALLBACK_ISSUER: setting(secureAddress, {
    help: 'The issuer of those tokens.',
    fallback: 'https://acscallautomation.communication.azure.com',
  }),
  CALLBACK_OPENID_CONFIGURATION: setting(secureAddress, {
    help: 'Where that issuer says which keys it signs with.',
    fallback: 'https://acscallautomation.communication.azure.com/calling/.well-known/acsopenidconfiguration',
    local: 'http://127.0.0.1:7080/calling/.well-known/acsopenidconfiguration',
  }),
  SPEECH_ENDPOINT: setting(optional(tlsAddress), {
    help: 'Address of the Azure AI services resource that speaks and understands on calls. Without it prompts are files, and callers press keys.',
    fallback: '',
    local: 'https://local.cognitiveservices.azure.com',
  }),
} as const;
