import { type Refusal, type Refused, refusals } from './rules.ts';

/** A request that is refused; thrown by operations, answered by the wire. */
export class CallRefusal extends Error {
  readonly refused: Refused;

  constructor(refused: Refused) {
    super(refused.message);
    this.name = 'CallRefusal';
    this.refused = refused;
  }
}

/** `message`: what is wrong in this case, where the rule's own words are too general. */
export function refuse(why: Refusal, message: string = refusals[why].message): never {
  throw new CallRefusal({ ...refusals[why], message });
}
