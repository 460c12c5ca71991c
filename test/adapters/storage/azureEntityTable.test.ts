import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectionStringOf, emulatorAccount } from '../../../local/azurite.ts';
import { azureEntityTable } from '../../../shared/adapters/storage/azureEntityTable.ts';
import type { Operation } from '../../../shared/adapters/storage/entityTable.ts';
import { takeAccount } from '../../support/storage.ts';
import { countStorage } from '../../support/wireCounter.ts';

const insert = (row: string): Operation => ({ type: 'insert', row, columns: { n: 1 } });
const once3 = { maxRetries: 3, retryDelayInMs: 1, maxRetryDelayInMs: 1 };

async function aCountedTable() {
  const wire = await countStorage(takeAccount());
  onTestFinished(() => wire.close());
  const table = azureEntityTable({ connectionString: wire.connectionString, table: 'counted' });
  const took = () => {
    const lines = wire.requests().map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
    wire.clear();
    return lines;
  };
  return { table, took, wire };
}

/** A storage endpoint that answers as `answer` says; gives a table on it. */
async function aTableAt(answer: Parameters<typeof createServer>[1], more: { readonly deadlineMs?: number } = {}) {
  const server = createServer(answer ?? (() => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const connectionString = connectionStringOf(emulatorAccount, { blob: port, queue: port, table: port });
  return azureEntityTable({ connectionString, table: 'any', retry: once3, ...more });
}

describe('requests', () => {
  test('each call costs one, once the table is there', async () => {
    const { table, took } = await aCountedTable();
    await table.transact('p', [insert('a')]);
    expect(took()).toEqual(['POST counted', 'POST Tables', 'POST counted']);

    await table.get({ partition: 'p', row: 'a' });
    expect(took()).toEqual(["GET counted(PartitionKey='p',RowKey='a')"]);
    await table.transact('p', [insert('b')]);
    await table.transact('p', [{ type: 'upsert', row: 'b', columns: {} }]);
    await table.transact('p', [{ type: 'replace', row: 'b', columns: {} }]);
    await table.transact('p', [{ type: 'merge', row: 'b', columns: {} }]);
    await table.transact('p', [{ type: 'delete', row: 'b' }]);
    const plain = "counted(PartitionKey='p',RowKey='b')";
    expect(took()).toEqual(['POST counted', `PUT ${plain}`, `PUT ${plain}`, `PATCH ${plain}`, `DELETE ${plain}`]);
    await table.transact('p', [insert('c'), insert('d')]);
    expect(took()).toEqual(['POST $batch']);
    await table.query({ partition: 'p', from: '', below: '~' }, 2);
    expect(took()).toEqual(['GET counted()']);
  });

  test('a transaction makes a missing table, and a table removed later', async () => {
    const { table, took, wire } = await aCountedTable();
    expect(await table.transact('p', [insert('a'), insert('b')])).toMatchObject({ type: 'done' });
    expect(took()).toEqual(['POST $batch', 'POST Tables', 'POST $batch']);

    const { TableClient } = await import('@azure/data-tables');
    const insecure = { allowInsecureConnection: true };
    await TableClient.fromConnectionString(wire.connectionString, 'counted', insecure).deleteTable();
    expect(await table.get({ partition: 'p', row: 'a' })).toBeUndefined();
    expect(await table.transact('p', [insert('a')])).toMatchObject({ type: 'done' });
  });

  test('many first calls together make the table once', async () => {
    const { table, took } = await aCountedTable();
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((row) => table.transact('p', [insert(row)])));
    expect(took().filter((line) => line === 'POST Tables')).toHaveLength(1);
  });

  test('three hundred transactions at once write what each was given', async () => {
    const table = azureEntityTable({ connectionString: takeAccount(), table: 'busy' });
    const write = (_: unknown, n: number) => table.transact(`p${n % 7}`, [insert(`${n}a`), insert(`${n}b`)]);
    const outcomes = await Promise.all(Array.from({ length: 300 }, write));
    expect(outcomes.filter(({ type }) => type === 'done')).toHaveLength(300);
    const pages = [0, 1, 2, 3, 4, 5, 6].map((n) => table.query({ partition: `p${n}`, from: '', below: '~' }, 1_000));
    expect((await Promise.all(pages)).flatMap(({ entities }) => entities)).toHaveLength(600);
  });
});

describe('what fails is storage-failed, with its reason', () => {
  const calls = (table: ReturnType<typeof azureEntityTable>) => [
    () => table.get({ partition: 'p', row: 'a' }),
    () => table.transact('p', [insert('a')]),
    () => table.transact('p', [insert('a'), insert('b')]),
    () => table.query({ partition: 'p', from: '', below: '~' }, 10),
  ];
  const failsWith = async (table: ReturnType<typeof azureEntityTable>, message: RegExp) => {
    for (const call of calls(table))
      await expect(call()).rejects.toMatchObject({
        code: 'storage-failed',
        message: expect.stringMatching(message),
        cause: expect.any(Error),
      });
  };

  test('a wrong key', async () => {
    const connectionString = takeAccount().replace(/AccountKey=[^;]+/, 'AccountKey=d3Jvbmc=');
    await failsWith(
      azureEntityTable({ connectionString, table: 'any' }),
      /table any failed: 403 AuthorizationFailure\.$/,
    );
  });

  test('nobody there', async () => {
    const nobody = connectionStringOf(emulatorAccount, { blob: 1, queue: 1, table: 1 });
    await failsWith(azureEntityTable({ connectionString: nobody, table: 'any', retry: once3 }), /ECONNREFUSED/);
  });

  test('a service that only fails', async () => {
    let asked = 0;
    const table = await aTableAt((_, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    await failsWith(table, /failed: 503/);
    expect(asked).toBe(4 * (1 + once3.maxRetries));
  });

  test('a service that never answers', async () => {
    await failsWith(await aTableAt(() => {}, { deadlineMs: 50 }), /the deadline passed/);
  });

  test('a 404 that does not say what is missing', async () => {
    await failsWith(await aTableAt((_, response) => void response.writeHead(404).end()), /failed: 404/);
  });

  test('a transaction whose answer is cut short is not taken for done', async () => {
    const table = await aTableAt((_, response) => {
      response.writeHead(202, { 'content-type': 'multipart/mixed; boundary=batchresponse_1' });
      response.end(
        '--batchresponse_1\r\n\r\n--changesetresponse_1\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n--changesetresponse_1--',
      );
    });
    await expect(table.transact('p', [insert('a'), insert('b')])).rejects.toMatchObject({
      code: 'storage-failed',
      message: 'Writing table any failed: the answer was incomplete.',
    });
  });
});

test('an answer lost on the way is asked for again, and comes back as the echo of our own write', async () => {
  const account = takeAccount();
  await azureEntityTable({ connectionString: account, table: 'echo' }).transact('p', [insert('before')]);
  const wire = await countStorage(account, { loseAnswer: ({ order }) => order === 1 });
  onTestFinished(() => wire.close());
  const table = azureEntityTable({ connectionString: wire.connectionString, table: 'echo', retry: once3 });
  expect(await table.transact('p', [insert('a')])).toEqual({ type: 'failed', index: 0, reason: 'exists' });
  expect(wire.requests()).toHaveLength(2);
});
