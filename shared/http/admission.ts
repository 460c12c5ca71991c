import type { Role } from './route.ts';

type Held = readonly ('agent' | 'admin')[];

/** What a route's role makes of somebody who holds these roles; `undefined` is nobody. */
export function admission(role: Role, held: Held | undefined): 'in' | 'unauthenticated' | 'forbidden' {
  if (role === 'anyone') return 'in';
  // It is no person, and no person's token is its.
  if (held === undefined || role === 'call-automation') return 'unauthenticated';
  return role === 'signed-in' || held.includes(role) ? 'in' : 'forbidden';
}
