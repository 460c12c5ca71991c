const length = 80;

/** A text in one line for the inbox, cut by characters and not inside one. */
export const previewOf = (text: string): string => [...text.replace(/\s+/g, ' ').trim()].slice(0, length).join('');
