/**
 * The longest text the service takes, in UTF-16 code units
 * (https://learn.microsoft.com/azure/communication-services/concepts/sms/sdk-features, "Support for long messages").
 */
export const maxTextLength = 2048;
