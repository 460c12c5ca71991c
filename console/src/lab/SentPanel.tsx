import { clock } from './times.ts';
import type { World } from './world.ts';

/** Texts shown: the latest. */
const most = 200;

/** What the app has sent, as the carrier counts it. */
export function SentPanel({ world }: { readonly world: World }) {
  return (
    <table className="lab-table">
      <caption>What the app has sent, latest first. Requests: how often the same text was asked for.</caption>
      <thead>
        <tr>
          <th scope="col">at</th>
          <th scope="col">from</th>
          <th scope="col">to</th>
          <th scope="col">text</th>
          <th scope="col">status</th>
          <th scope="col">requests</th>
        </tr>
      </thead>
      <tbody>
        {world.sent
          .toReversed()
          .slice(0, most)
          .map(({ messageId, sentAt, from, to, message, status, details, attempts, repeatabilityId }) => (
            <tr key={messageId} title={repeatabilityId}>
              <td>{clock(sentAt)}</td>
              <td>{from}</td>
              <td>{to}</td>
              <td>
                <bdi>{message}</bdi>
              </td>
              <td>
                {status} {details}
              </td>
              <td>{attempts}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
