import type { Responder } from '../../../shared/playbook/responder.ts';

const question = /\border\s*#?(\d{3,6})\b/i;

/** Tells subscribers how their order is coming along. `orders`: where the shop's own system answers, as a URL. */
export function orderStatus(orders: string): Responder {
  return async function askForStatus({ text, subscriber }) {
    const [, number] = question.exec(text) ?? [];
    if (number === undefined) return undefined;
    const response = await fetch(`${orders}/${number}?phone=${encodeURIComponent(subscriber)}`);
    if (response.status === 404) return undefined;
    const { status } = (await response.json()) as { readonly status: string };
    return { text: `Your order ${number} is ${status}.`, rule: 'order status' };
  };
}
