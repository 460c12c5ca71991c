/**
 * What the provider's codes for a text that did not arrive mean
 * (https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/sms/sms-error-codes).
 */
const words: Readonly<Record<string, string>> = {
  '4000': 'The provider takes it for fraud',
  '4001': 'The number it was sent from is not valid',
  '4002': 'The number is not valid',
  '4003': 'The provider does not send texts there',
  '4004': 'The number does not exist',
  '4005': 'The carrier blocked it',
  '4006': 'The phone could not be reached',
  '4007': 'The subscriber has opted out',
  '4008': 'More was sent than the provider allows',
  '4009': 'The provider does not allow us to send it',
  '4010': 'The toll-free number it was sent from is not verified',
  '4020': 'The carrier takes no more texts for now',
  '5000': 'The provider failed',
  '5001': 'The provider failed',
  '9999': 'The provider does not know why',
};

/** The details of a report as a reason that people can read; details that are words already stay as they are. */
export function undeliveredReason(details: string | null | undefined): string {
  const told = details?.trim() ?? '';
  if (told === '') return 'The carrier did not say why.';
  if (!/^\d+$/.test(told)) return told;
  return words[told] === undefined ? `The carrier says ${told}, a code we do not know.` : `${words[told]} (${told}).`;
}
