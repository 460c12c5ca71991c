import type { EventDelivery } from './adminApi.ts';
import { clock, exact } from './times.ts';

/** How one subscription was served: each attempt, when, how long it took, and what the app answered. */
export function Attempts({ subscription, state, attempts, nextTryAt, deadLetterReason }: EventDelivery) {
  return (
    <section className="lab-attempts">
      <h4>
        {subscription}: <span className={`state state-${state}`}>{state}</span>
        {deadLetterReason !== undefined && ` (${deadLetterReason})`}
      </h4>
      <table className="lab-table">
        <caption className="hidden">Attempts at {subscription}</caption>
        <thead>
          <tr>
            <th scope="col">attempt</th>
            <th scope="col">at</th>
            <th scope="col">took</th>
            <th scope="col">outcome</th>
            <th scope="col">the app’s answer</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ at, ms, outcome, status, detail }, n) => (
            <tr key={at}>
              <td>{n + 1}</td>
              <td>{exact(at)}</td>
              <td>{ms} ms</td>
              <td>{outcome}</td>
              <td>
                {status ?? 'none'} {detail !== undefined && <bdi>{detail}</bdi>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {state === 'waiting' && nextTryAt !== undefined && <p>Next attempt at {clock(nextTryAt)}</p>}
    </section>
  );
}
