import { eraseConversation } from '../../shared/conversations/eraseConversation.ts';
import { listConversations } from '../../shared/conversations/listConversations.ts';
import type { Timeline } from '../../shared/conversations/timeline.ts';
import { updateConversation } from '../../shared/conversations/updateConversation.ts';
import { receiveSms } from '../../shared/sms/receiveSms.ts';
import { recordDelivery } from '../../shared/sms/recordDelivery.ts';
import { resendSms } from '../../shared/sms/resendSms.ts';
import { sendSms } from '../../shared/sms/sendSms.ts';
import { settle } from '../../shared/sms/settle.ts';
import type { SmsServices } from '../../shared/sms/smsServices.ts';
import { wakeUp } from '../../shared/sms/wakeUp.ts';

/** The shipped use cases, as the triggers call them. */
export const useCases = {
  receiveSms,
  recordDelivery,
  wakeUp,
  settle,
  sendSms,
  resendSms,
  updateConversation,
  listConversations,
  eraseConversation,
};

export type UseCases = typeof useCases;
export type UseName = keyof UseCases;

/** What the composition root gives them, as far as texts need it. */
export interface Services extends SmsServices {
  readonly timeline: Timeline;
}
