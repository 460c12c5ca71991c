import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openMemory } from '../../../local/eventGrid/memory.ts';
import { AppError } from '../../../shared/core/errors.ts';
import { anEvent, aWorld, deliveryOf, type World } from './aGrid.ts';

function aJournal(): string {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'eventgrid', 'journal.jsonl');
}

/** The same world again: it is the same time, and it has its journal. */
async function restarted({ grid, time }: World, journal: string): Promise<World> {
  await grid.close();
  return aWorld({ journal, time });
}

describe('after a restart', () => {
  test('an event that was never delivered is', async () => {
    const journal = aJournal();
    const before = await aWorld({ journal, idle: true });
    const event = anEvent();
    await before.grid.publish(event);
    const after = await restarted(before, journal);
    await after.grid.settled();
    expect(after.receiver.events()).toMatchObject([event]);
  });

  test('a delivered event does not come again, and is still shown', async () => {
    const journal = aJournal();
    const before = await aWorld({ journal });
    await before.grid.publish(anEvent({ id: 'e' }));
    await before.grid.settled();
    const shown = before.grid.events();
    const after = await restarted(before, journal);
    await after.grid.settled();
    expect(after.receiver.deliveries).toEqual([]);
    expect(after.grid.events()).toEqual(shown);
  });

  test('a failed one goes on in its schedule, with its attempts counted', async () => {
    const journal = aJournal();
    const before = await aWorld({ journal });
    before.receiver.answerWith(() => ({ status: 500 }));
    await before.grid.publish(anEvent({ id: 'e' }));
    await before.grid.settled();
    const { nextTryAt } = deliveryOf(before, 'e');
    const after = await restarted(before, journal);
    expect(deliveryOf(after, 'e')).toMatchObject({ nextTryAt, attempts: [{ status: 500 }] });
    await after.pass(Date.parse(nextTryAt!) - after.time.now());
    expect(after.receiver.deliveries.map(({ headers }) => headers['aeg-delivery-count'])).toEqual(['1']);
  });

  test('an attempt that was under way is made again', async () => {
    const journal = aJournal();
    const before = await aWorld({ journal });
    before.receiver.answerWith(() => 'hang');
    await before.grid.publish(anEvent({ id: 'e' }));
    await before.receiver.seen('deliveries', 1);
    const after = await restarted(before, journal);
    await after.grid.settled();
    expect(deliveryOf(after, 'e')).toMatchObject({ state: 'delivered', attempts: [{ outcome: 'Delivered' }] });
    expect(after.receiver.deliveries[0]!.headers['aeg-delivery-count']).toBe('0');
  });

  test('a dead letter is still one, and one that was set off again is not', async () => {
    const journal = aJournal();
    const before = await aWorld({ journal });
    before.receiver.answerWith(() => ({ status: 400 }));
    await before.grid.publish(anEvent({ id: 'dead' }));
    await before.grid.publish(anEvent({ id: 'revived' }));
    await before.grid.settled();
    before.receiver.answerWith(() => 'hang');
    before.grid.redeliver('revived');
    const after = await restarted(before, journal);
    await after.grid.settled();
    expect(after.grid.deadLetters().map(({ record }) => record['id'])).toEqual(['dead']);
    expect(after.receiver.events().map(({ id }) => id)).toEqual(['revived']);
  });

  test('a line that a crash cut off is left out, and the next one starts afresh', async () => {
    const journal = aJournal();
    const before = await aWorld({ journal, idle: true });
    await before.grid.publish(anEvent({ id: 'kept' }));
    await before.grid.close();
    appendFileSync(journal, '{"type":"published","number":2,"at":17');
    const after = await restarted(before, journal);
    await after.grid.publish(anEvent({ id: 'next' }));
    const again = await restarted(after, journal);
    expect(again.grid.events().map(({ event }) => event.id)).toEqual(['kept', 'next']);
  });

  test('a subscription that is gone has taken its events with it', async () => {
    const journal = aJournal();
    const before = await aWorld({ journal, idle: true });
    await before.grid.publish(anEvent({ id: 'e' }));
    await before.grid.close();
    const after = await aWorld({ journal, subscription: { name: 'another' } });
    await after.grid.settled({ forGood: true });
    expect(after.receiver.deliveries).toEqual([]);
    expect(after.grid.events()).toMatchObject([{ event: { id: 'e' }, deliveries: [] }]);
  });
});

describe('the journal', () => {
  test('has an event the moment its publication resolves', async () => {
    const journal = aJournal();
    const { grid } = await aWorld({ journal, idle: true });
    await grid.publish(anEvent({ id: 'durable' }));
    expect(readFileSync(journal, 'utf8')).toContain('"id":"durable"');
  });

  test('that holds something else is refused in words', () => {
    const path = aJournal();
    openMemory(path, [], 0).close();
    writeFileSync(path, 'id;name\n1;x\n');
    expect(() => openMemory(path, [], 0)).toThrow(`Line 1 of ${path} is not JSON.`);
    expect(() => openMemory(path, [], 0)).toThrow(AppError);
  });

  test('keeps everything unfinished and the last thousand that are finished', () => {
    const path = aJournal();
    const memory = openMemory(path, ['one'], 0);
    for (let number = 1; number <= 1_010; number += 1) {
      memory.record({ type: 'published', number, at: 0, event: anEvent({ id: `e${number}` }), to: ['one'] });
      const attempt = { at: 0, ms: 1, outcome: 'Delivered' } as const;
      if (number !== 3) memory.record({ type: 'attempted', number, to: 'one', attempt, next: { state: 'delivered' } });
    }
    memory.close();
    const again = openMemory(path, ['one'], 0);
    again.close();
    const numbers = again.ledger.publications().map(({ number }) => number);
    expect(numbers).toHaveLength(1_001);
    expect(numbers.slice(0, 3)).toEqual([3, 11, 12]);
    expect(again.ledger.nextNumber()).toBe(1_011);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2_001);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  test('is empty after a clear, and what was under way leaves no trace', async () => {
    const journal = aJournal();
    const { grid, receiver, time } = await aWorld({ journal });
    receiver.answerWith(() => 'hang');
    await grid.publish(anEvent());
    await receiver.seen('deliveries', 1);
    grid.clear();
    time.advance(30_000);
    await grid.settled({ forGood: true });
    expect(grid.events()).toEqual([]);
    expect(readFileSync(journal, 'utf8')).toBe('');
    receiver.answerWith(() => ({ status: 200 }));
    await grid.publish(anEvent({ id: 'new' }));
    await grid.settled();
    expect(grid.events()).toMatchObject([{ event: { id: 'new' }, deliveries: [{ state: 'delivered' }] }]);
  });

  test('takes nothing more once it is closed', async () => {
    const { grid } = await aWorld({ journal: aJournal() });
    await grid.close();
    await expect(grid.publish(anEvent())).rejects.toThrow(/closed/);
  });
});
