/**
 * The access key of every local world. It is written here for all to read and opens nothing else: it decodes to
 * "local-world-key-it-opens-nothing".
 */
export const localAccessKey = Buffer.from('local-world-key-it-opens-nothing').toString('base64');

/** As SDKs read it: the endpoint first, and nothing after the key. */
export const connectionStringOf = (url: string, accessKey: string): string => `endpoint=${url}/;accesskey=${accessKey}`;

/** GUID of the resource of every local world, which stands in the ids of its identities. */
export const localResource = '6c6f6361-6c20-4aca-8057-000000000001';
