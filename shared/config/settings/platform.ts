import * as z from 'zod/mini';
import {
  accountName,
  acsConnection,
  key,
  optional,
  secureAddress,
  storageConnection,
  text,
  tlsAddress,
  yesOrNo,
} from '../forms.ts';
import { numbers } from '../listForms.ts';
import { setting } from '../setting.ts';

/** What the app stands on: its storage, its resource, its numbers, its words. */
export const platform = {
  STORAGE_CONNECTION: setting(optional(storageConnection), {
    help: 'Connection string of the storage account that keeps conversations, wakes and dropped events.',
    fallback: '',
    local: 'UseDevelopmentStorage=true',
    secret: true,
    either: true,
  }),
  STORAGE_CONNECTION__accountName: setting(optional(accountName), {
    help: 'Instead of it: the name of the account, which then knows the app by its managed identity. The Functions host reads the settings whose names begin like this one as well.',
    fallback: '',
    either: true,
  }),
  STORAGE_CONNECTION__tableServiceUri: setting(optional(tlsAddress), {
    help: 'Instead of a name: where the account’s tables are, in a cloud or a network whose addresses cannot be told from its name. Goes with the next two.',
    fallback: '',
    either: true,
  }),
  STORAGE_CONNECTION__queueServiceUri: setting(optional(tlsAddress), {
    help: 'Where the account’s queues are.',
    fallback: '',
    either: true,
  }),
  STORAGE_CONNECTION__blobServiceUri: setting(optional(tlsAddress), {
    help: 'Where the account’s blobs are.',
    fallback: '',
    either: true,
  }),
  ACS_CONNECTION_STRING: setting(optional(acsConnection), {
    help: 'Connection string of the Communication Services resource (`endpoint=…;accesskey=…`).',
    fallback: '',
    local: 'endpoint=http://127.0.0.1:7080/;accesskey=bG9jYWwtd29ybGQta2V5LWl0LW9wZW5zLW5vdGhpbmc=',
    secret: true,
    either: true,
  }),
  ACS_ENDPOINT: setting(optional(tlsAddress), {
    help: 'Instead of it: the address of the resource (`https://NAME.REGION.communication.azure.com`), which then knows the app by its managed identity.',
    fallback: '',
    either: true,
  }),
  ACS_RESOURCE_ID: setting(text, {
    help: 'Azure resource id of the Communication Services resource; events with another topic are kept in `dropped`.',
    local:
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.Communication/communicationServices/switchboard',
  }),
  CONVERSATION_KEY: setting(key, {
    help: 'Secret that conversation ids are made with, 32 characters or more. It must never change: with another one every conversation begins anew.',
    local: 'local-conversation-key-not-a-secret-0001',
    secret: true,
  }),
  SERVICE_NUMBERS: setting(numbers, {
    help: 'Our numbers, separated by commas. `=kind` after one overrides who answers STOP and HELP on it: `toll-free`, `short-code-us`, `short-code` (CA, UK), `long-code`, `carrier-answered`, `sender-id`.',
    local: '+18005550100,+14255550100',
  }),
  EVENTS_ENDPOINT: setting(optional(secureAddress), {
    help: 'Address of an Event Grid custom topic (schema: CloudEvents) that is told of texts, their status and consent, as docs/events.md says; numbers are among what is told. Without it, nobody is told.',
    fallback: '',
  }),
  EVENTS_KEY: setting(optional(text), {
    help: 'That topic’s access key; without it the topic knows the app by its managed identity.',
    fallback: '',
    secret: true,
  }),
  PUBLISH_TEXTS: setting(yesOrNo, {
    help: 'Whether that topic is told what texts say, or only that there were some.',
    fallback: 'false',
  }),
  AZURE_CLIENT_ID: setting(optional(text), {
    help: 'Client id of the managed identity, where it is one that was assigned by a person and not the app’s own.',
    fallback: '',
  }),
  STORAGE_CONNECTION__credential: setting(
    optional(z.string().check(z.regex(/^managedidentity$/, 'must be managedidentity'))),
    {
      help: '`managedidentity`, where the Functions host needs to be told of STORAGE_CONNECTION__clientId.',
      fallback: '',
    },
  ),
  STORAGE_CONNECTION__clientId: setting(optional(text), {
    help: 'For storage the same as AZURE_CLIENT_ID, in the Functions host’s words; if they differ, this one opens storage.',
    fallback: '',
  }),
  PLAYBOOK_FILE: setting(text, {
    help: 'The file that says what the bot answers; a relative path counts from the app’s root.',
    fallback: 'playbook.json',
  }),
} as const;
