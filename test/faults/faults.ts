import type { Effect } from './effect.ts';
import type { Treatment } from './wire.ts';

/** Something that goes wrong with one request of a worker's. */
export interface Fault {
  readonly name: string;
  readonly treatment: (effect: Effect) => Treatment;
  /** How the worker's storage clients go on: `repeat` as the shipped ones do, after a millisecond; `give up` as they do in the end. */
  readonly clients: 'repeat' | 'give up';
  /** The worker waits in vain; its deadlines are made short. */
  readonly silent?: true;
  /** Where it is something of its own: what only reads is the same whether it arrived or not, and a send is never repeated. */
  readonly at: (effect: Effect) => boolean;
  /** When all is over, every event is delivered once more. */
  readonly toldAgain?: true;
}

const always = (treatment: Treatment) => () => treatment;
const carried = (heard: Treatment['heard']): Treatment => ({ carried: true, heard });
const lost = (heard: Treatment['heard']): Treatment => ({ carried: false, heard });
const answer = (status: number, headers: readonly string[] = []) => ({ status, headers });

/** The provider's is obeyed in virtual time; a storage client sleeps it off in real time. */
const retryAfter = ({ to }: Effect) => ['retry-after', to === 'acs' ? '20' : '0'];

const everywhere = () => true;
const changes = ({ reads }: Effect) => !reads;
const storage = ({ to }: Effect) => to !== 'acs';
const provider = ({ to }: Effect) => to === 'acs';

/** Everything that may befall a request. */
export const faults: readonly Fault[] = [
  {
    name: 'the worker dies before it',
    treatment: always(lost('dies')),
    clients: 'repeat',
    at: everywhere,
    toldAgain: true,
  },
  {
    name: 'the worker dies after it',
    treatment: always(carried('dies')),
    clients: 'repeat',
    at: changes,
    toldAgain: true,
  },
  {
    name: 'it does not arrive, and nobody answers',
    treatment: always(lost('silence')),
    clients: 'repeat',
    silent: true,
    at: everywhere,
  },
  {
    name: 'it arrives, and nobody answers',
    treatment: always(carried('silence')),
    clients: 'repeat',
    silent: true,
    at: changes,
  },
  {
    name: 'its answer is lost, once',
    treatment: always(carried('reset')),
    clients: 'repeat',
    at: (effect) => storage(effect) && changes(effect),
  },
  { name: 'its answer is lost', treatment: always(carried('reset')), clients: 'give up', at: changes },
  { name: 'a reset before it, once', treatment: always(lost('reset')), clients: 'repeat', at: storage },
  { name: 'a reset before it', treatment: always(lost('reset')), clients: 'give up', at: everywhere },
  { name: '500, once', treatment: always(lost(answer(500))), clients: 'repeat', at: storage },
  { name: '500', treatment: always(lost(answer(500))), clients: 'give up', at: everywhere },
  { name: '503', treatment: always(lost(answer(503))), clients: 'give up', at: provider },
  { name: '502 though it was carried out', treatment: always(carried(answer(502))), clients: 'give up', at: changes },
  { name: '429', treatment: always(lost(answer(429))), clients: 'give up', at: everywhere },
  {
    name: '429 with Retry-After',
    treatment: (effect) => lost(answer(429, retryAfter(effect))),
    clients: 'repeat',
    at: everywhere,
  },
];

const toCalls = ['the worker dies before it', 'the worker dies after it', 'its answer is lost', '500', '503'];

/**
 * Those that befall requests about calls: a worker, an answer or the other side is lost, for good. How clients repeat is tried
 * with texts. A worker that dies before it asks storage has done no more than one that is told 500.
 */
export const faultsOfCalls: readonly Fault[] = faults
  .filter(({ name }) => toCalls.includes(name))
  .map((fault) => (fault.name === toCalls[0] ? { ...fault, at: provider } : fault));
