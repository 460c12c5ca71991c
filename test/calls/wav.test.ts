import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWav, writeWav } from '../../shared/calls/wav.ts';
import { pcm } from './silentWav.ts';

const aFormat = fc
  .tuple(fc.uint8Array({ minLength: 16, maxLength: 45 }), fc.integer({ min: 1, max: 2 ** 32 - 1 }))
  .map(([bytes, perSecond]) => {
    const format = Buffer.from(bytes);
    format.writeUInt32LE(perSecond, 8);
    return { format: new Uint8Array(format), perSecond };
  });
const sounds = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 });

test('what is written of any format and length is read back', () =>
  fc.assert(
    fc.property(aFormat, sounds, ({ format, perSecond }, parts) => {
      const file = writeWav(format, parts);
      const sound = new Uint8Array(Buffer.concat(parts));
      const { milliseconds, ...read } = readWav(file)!;
      expect({ format: new Uint8Array(read.format), sound: new Uint8Array(read.sound) }).toEqual({ format, sound });
      expect(milliseconds).toBe(Math.round((sound.length / perSecond) * 1_000));
    }),
  ));

test('a header as players know it', () => {
  const file = Buffer.from(writeWav(pcm(), [new Uint8Array(4)]));
  expect(file.toString('hex')).toBe(
    `52494646280000005741564566${'6d7420'}10000000${'01000100803e0000007d000002001000'}6461746104000000${'00000000'}`,
  );
});

test('other chunks are passed over', () => {
  const file = Buffer.from(writeWav(pcm(), [new Uint8Array(64)]));
  const odd = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
  expect(readWav(Buffer.concat([file.subarray(0, 12), odd, file.subarray(12)]))).toMatchObject({ milliseconds: 2 });
});

test('whatever is cut off, it is told from a whole one', () => {
  const file = writeWav(pcm(), [new Uint8Array(64)]);
  for (let length = 0; length < file.length; length++) expect(readWav(file.subarray(0, length))).toBeUndefined();
});

test('odd bytes never throw', () => {
  const file = writeWav(pcm(), [new Uint8Array(64)]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(60), (bytes, at) => {
      readWav(bytes);
      const spoilt = Buffer.concat([file.subarray(0, at), bytes, file.subarray(at + bytes.length)]);
      readWav(spoilt);
    }),
  );
});
